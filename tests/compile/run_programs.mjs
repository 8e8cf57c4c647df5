// Runs every case of compiled programs and prints what they return, as JSON. A case that throws has its stack trace
// as the result.
//
// usage: run_programs.mjs FOLDER PROGRAM...
import { pathToFileURL } from 'node:url';
import { core as mx } from 'mlx';

function result(run) {
  mx.random.seed(7);
  try {
    return run();
  } catch (error) {
    return { error: error.stack };
  }
}

const [, , folder, ...names] = process.argv;
const found = {};
for (const name of names) {
  const { CASES } = await import(pathToFileURL(`${folder}/${name}.js`).href);
  found[name] = CASES.map(result);
}
process.stdout.write(JSON.stringify(found));
