// Answers the requests of run.py in this Node: input, output and reasons as in serve.py.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const FIRST_CALLS = 3;

/** The inputs of a task, as data with a shape. */
const read = (inputs) =>
  inputs.map(({ file, shape }) => ({
    data: new Float32Array(new Uint8Array(readFileSync(file)).buffer),
    shape,
  }));

/** The median over this time, and over the first calls at least. A call may be asynchronous. */
async function milliseconds(call, seconds) {
  const times = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < FIRST_CALLS || performance.now() < end) {
    const start = performance.now();
    const result = call();
    if (result instanceof Promise) await result;
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** A maker takes the inputs and returns a call of the task and what reduces its result to a number. */
export async function serve(makers) {
  const made = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    const { task, inputs, seconds } = JSON.parse(line);
    const name = JSON.stringify([task, inputs]);
    if (!made.has(name)) {
      const [call, value] = await makers[task](read(inputs));
      let found;
      for (let i = 0; i < FIRST_CALLS; i++) found = value(await call());
      made.set(name, { call, found });
    }
    const { call, found } = made.get(name);
    console.log(JSON.stringify({ milliseconds: await milliseconds(call, seconds), value: found }));
  }
}
