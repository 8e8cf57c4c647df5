// Makes each compiled architecture and runs it: the counterpart of architectures.py, with the same input and output.
//
// usage: architectures.mjs FOLDER      where the models were compiled to
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { core as mx, utils } from 'mlx';

const folder = pathToFileURL(`${process.argv[2]}/`);

function shown(array) {
  const values = array.astype(mx.float32).toTypedArray();
  return [String(array.dtype), array.shape, createHash('sha256').update(values).digest('hex')];
}

async function attempt(make) {
  try {
    return await make();
  } catch (error) {
    return { error: error.stack };
  }
}

async function results(model) {
  const { make_prompt_cache } = await import(new URL('cache.js', folder).href);
  const prompt = mx.array([[1, 5, 2, 7, 3]]);
  const cache = make_prompt_cache(model);
  return [model(prompt), model(prompt, { cache }), model(mx.array([[4]]), { cache })].map(shown);
}

async function facts(name, configuration) {
  const { Model, ModelArgs } = await import(new URL(`${name}.js`, folder).href);
  mx.random.seed(0);
  const model = new Model(ModelArgs.from_dict(configuration));
  const flat = utils.tree_flatten(model.parameters());
  const parameters = flat.map(([key, value]) => [key, value.shape, String(value.dtype)]);
  return { parameters, results: await attempt(() => results(model)) };
}

const found = {};
for (const [name, configuration] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  found[name] = await attempt(() => facts(name, configuration));
}
process.stdout.write(JSON.stringify(found));
