// Trains networks in this Node and times the steps: input, output and reasons as in measure.py.
//
// usage: measure.mjs NETWORKS.js
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { core as mx } from 'mlx';

const networks = await import(pathToFileURL(process.argv[2]).href);
const made = new Map();

function train({ network, arguments: given, compiled, steps }) {
  const name = `${network} ${compiled}`;
  if (!made.has(name)) {
    mx.random.seed(0);
    const task = networks[network](given);
    mx.eval(task.state, task.batch);
    made.set(name, { task, step: task.step(compiled) });
  }
  const { task, step } = made.get(name);
  const start = process.cpuUsage();
  let loss;
  for (let i = 0; i < steps; i++) {
    loss = step(...task.batch);
    mx.eval(loss, task.state);
  }
  const { user, system } = process.cpuUsage(start);
  return { milliseconds: (user + system) / steps / 1000, loss: loss.item() };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(train(JSON.parse(line))));
}
