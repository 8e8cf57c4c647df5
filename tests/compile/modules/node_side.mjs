// Builds every row in Node and prints what it made, as JSON: the counterpart of python_side.py.
import { readFileSync } from 'node:fs';
import { core as mx, nn, optimizers, utils } from 'mlx';

const { tree_flatten } = utils;

function facts(array) {
  const data = array.toTypedArray();
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return [String(array.dtype), array.shape, bytes.toString('hex')];
}

const isArray = (value) => value instanceof mx.array;

function show(tree) {
  return tree_flatten(tree)
    .filter(([, leaf]) => isArray(leaf))
    .map(([name, leaf]) => [name, facts(leaf)]);
}

function makeInput(shape) {
  if (shape === null) return null;
  return Array.isArray(shape) ? mx.random.normal(shape) : mx.random.randint(0, shape.below, shape.ints);
}

const options = (keywords) => (Object.keys(keywords).length === 0 ? [] : [keywords]);

function moduleFacts({ name, arguments: given, keywords, inputs: shapes }) {
  mx.random.seed(7);
  const module = new nn[name](...given, ...options(keywords));
  const inputs = shapes.map(makeInput);
  const loss = (model, ...args) =>
    tree_flatten(model(...args))
      .map(([, leaf]) => leaf.square().sum())
      .reduce((a, b) => a.add(b));
  const found = {
    repr: String(module),
    parameters: show(module.parameters()),
    output: show(module(...inputs)),
  };
  if (tree_flatten(module.trainable_parameters()).length > 0) {
    found.gradients = show(nn.value_and_grad(module, loss)(module, ...inputs));
  }
  found.after = show(module.parameters());
  module.eval();
  found.evaluated = show(module(...inputs));
  return found;
}

function optimizerFacts({ name, arguments: given, keywords }) {
  mx.random.seed(3);
  const model = new nn.Sequential(new nn.Linear(6, 8), new nn.ReLU(), new nn.Linear(8, 2));
  const optimizer = new optimizers[name](...given, ...options(keywords));
  const [x, y] = [mx.random.normal([4, 6]), mx.random.normal([4, 2])];
  const step = nn.value_and_grad(model, (net, a, b) => nn.losses.mse_loss(net(a), b));
  const values = [];
  for (let i = 0; i < 4; i++) {
    const [value, gradients] = step(model, x, y);
    optimizer.update(model, gradients);
    mx.eval(model.parameters(), optimizer.state);
    values.push(facts(value));
  }
  return { values, parameters: show(model.parameters()), state: show(optimizer.state) };
}

function scheduleFacts({ name, arguments: given, keywords }) {
  const schedule = optimizers[name](...given, ...options(keywords));
  return Array.from({ length: 10 }, (_, i) => facts(mx.array(schedule(mx.array(i)))));
}

function attempt(make) {
  return (row) => {
    try {
      return make(row);
    } catch (error) {
      return { error: `${error.stack}` };
    }
  };
}

const rows = JSON.parse(readFileSync(0, 'utf8'));
const made = {
  modules: rows.modules.map(attempt(moduleFacts)),
  optimizers: rows.optimizers.map(attempt(optimizerFacts)),
  schedules: rows.schedules.map(attempt(scheduleFacts)),
};
process.stdout.write(JSON.stringify(made));
