// Stress: four workers trace, evaluate, collect and terminate for a minute; results stay right, memory bounded.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import mlx, { core as mx } from 'mlx';

const SECONDS = Number(process.env.STRESS_SECONDS ?? 60);
const MEMORY_LIMIT = 2 ** 30;

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { core: mx, native } = require('mlx');
const loss = (w, x) => mx.mean(mx.square(mx.tanh(x.matmul(w.a)).matmul(w.b)));
const step = mx.compile(mx.value_and_grad(loss));
async function round(seed) {
  mx.random.seed(seed);
  let w = { a: mx.random.normal([16, 32]), b: mx.random.normal([32, 4]) };
  const x = mx.random.normal([64, 16]);
  let value;
  for (let i = 0; i < 20; i++) {
    const [v, g] = step(w, x);
    w = { a: w.a.subtract(g.a.multiply(0.1)), b: w.b.subtract(g.b.multiply(0.1)) };
    value = v;
    if (i % 3 === 0) await mx.async_eval(w, v);
    else if (i % 3 === 1) mx.eval(w, v);
    else void mx.async_eval(v).catch((error) => { throw error; });
  }
  const rows = mx.vmap((row) => row.sum())(x);
  native.collect();
  return [await value.itemAsync(), rows.sum().item()];
}
(async () => {
  for (;;) parentPort.postMessage(await round(workerData.seed));
})();
`;

describe('stress', () => {
  it(`four workers for ${SECONDS} s`, async function () {
    this.timeout((SECONDS + 60) * 1000);
    const seen = new Map<number, string>();
    const errors: Error[] = [];
    let rounds = 0;
    let workers = 0;
    const end = Date.now() + SECONDS * 1000;
    const runOne = (seed: number): Promise<void> =>
      new Promise((resolve) => {
        workers++;
        const worker = new Worker(PROGRAM, { eval: true, workerData: { seed } });
        // Terminated after a random number of rounds, at a random moment of one.
        const lifetime = 500 + Math.random() * 2000;
        const timer = setTimeout(() => void worker.terminate(), lifetime);
        worker.on('message', (result: unknown) => {
          rounds++;
          const text = JSON.stringify(result);
          if (!seen.has(seed)) seen.set(seed, text);
          else if (seen.get(seed) !== text)
            errors.push(new Error(`seed ${seed}: ${text} instead of ${seen.get(seed)}`));
        });
        worker.on('error', (error) => errors.push(error as Error));
        worker.on('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    const lane = async (seed: number): Promise<void> => {
      while (Date.now() < end) await runOne(seed);
    };
    const before = process.memoryUsage().rss;
    await Promise.all([lane(1), lane(2), lane(3), lane(4)]);
    assert.deepEqual(errors, []);
    assert.ok(rounds > 20, `${rounds} rounds`);
    const growth = process.memoryUsage().rss - before;
    assert.ok(growth < MEMORY_LIMIT, `grew by ${Math.round(growth / 2 ** 20)} MiB over ${workers} workers`);
    assert.equal(mx.ones([4]).sum().item(), 4);
    mlx.native.collect();
    console.log(`      ${rounds} rounds in ${workers} workers, grew by ${Math.round(growth / 2 ** 20)} MiB`);
  });
});
