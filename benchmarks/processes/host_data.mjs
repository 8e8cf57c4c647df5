// Nanoseconds to make an array of a typed array, and a typed array of an array, by size: both without a copy.
import { core as mx } from 'mlx';

const SIZES = { '1 KB': 2 ** 8, '1 MB': 2 ** 18, '32 MB': 2 ** 23, '1 GB': 2 ** 28 };

/** Median time of an action. Between two calls the event loop turns: lent memory is given back then. */
async function median(calls, action) {
  const times = [];
  for (let i = 0; i < calls; i++) {
    const start = process.hrtime.bigint();
    action();
    times.push(Number(process.hrtime.bigint() - start));
    await new Promise(setImmediate);
  }
  return times.sort((a, b) => a - b)[calls >> 1];
}

const report = {};
for (const [name, size] of Object.entries(SIZES)) {
  const calls = size > 2 ** 24 ? 5 : 101;
  const data = new Float32Array(size).fill(1);
  report[`in, ${name}, ns`] = await median(calls, () => mx.asarray(data));
  const array = mx.ones([size]);
  mx.eval(array);
  report[`out, ${name}, ns`] = await median(calls, () => array.toTypedArray({ copy: false }));
}
console.log(JSON.stringify(report));
