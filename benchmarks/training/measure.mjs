// Constructs networks in this Node, calls them, trains them and times it: input, output and reasons as in measure.py.
//
// usage: measure.mjs NETWORKS.js
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { core as mx, utils } from 'mlx';

const networks = await import(pathToFileURL(process.argv[2]).href);

function construct(task) {
  return () => {
    const model = task.construct();
    mx.eval(model.parameters());
    return utils.tree_flatten(model.parameters())[0][1];
  };
}

function forward(task) {
  task.model.eval();
  return () => {
    const result = task.model(task.batch[0]);
    mx.eval(result);
    return result;
  };
}

const step = (compiled) => (task) => {
  const train = task.step(compiled);
  return () => {
    const loss = train(...task.batch);
    mx.eval(loss, task.state);
    return loss;
  };
};

const ACTIONS = { construct, forward, eager: step(false), compiled: step(true) };
/** Milliseconds. */
const CLOCKS = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  wall: () => performance.now(),
};
const made = new Map();

function answer({ network, arguments: given, action, calls, clock }) {
  const name = `${network} ${action}`;
  if (!made.has(name)) {
    mx.random.seed(0);
    const task = networks[network](given);
    mx.eval(task.state, task.batch);
    made.set(name, ACTIONS[action](task));
  }
  const call = made.get(name);
  const now = CLOCKS[clock];
  const start = now();
  let result;
  for (let i = 0; i < calls; i++) result = call();
  return { milliseconds: (now() - start) / calls, value: mx.sum(result).item() };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}
