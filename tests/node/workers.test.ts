// Worker threads: each has its own instance data, and ends at any moment without harm to the others.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { core as mx } from 'mlx';

/** A worker that runs a program with `mx`, `mlx` and `post`. */
function start(program: string, workerData: unknown = {}): Worker {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    const mlx = require('mlx');
    const { core: mx } = mlx;
    const post = (value) => parentPort.postMessage(value);
    ${program}`;
  return new Worker(source, { eval: true, workerData });
}

async function result(worker: Worker): Promise<any> {
  const [message] = await once(worker, 'message');
  await worker.terminate();
  return message;
}

describe('workers', function () {
  this.timeout(120_000);

  it('four at once compute what the main thread computes', async () => {
    const program = `
      mx.random.seed(workerData.seed);
      const w = mx.random.normal([32, 32]);
      const f = mx.compile((x) => mx.tanh(x.matmul(w)).sum());
      post([f(mx.ones([4, 32])).item(), mx.grad((x) => f(x))(mx.ones([4, 32])).sum().item()]);`;
    const outcomes = await Promise.all([0, 1, 2, 3].map((seed) => result(start(program, { seed }))));
    for (const [seed, outcome] of outcomes.entries()) {
      mx.random.seed(seed);
      const w = mx.random.normal([32, 32]);
      const f = (x: mx.array) => mx.tanh(x.matmul(w)).sum();
      const x = mx.ones([4, 32]);
      assert.ok(Math.abs(outcome[0] - (f(x).item() as number)) < 1e-4);
      assert.ok(Math.abs(outcome[1] - mx.grad(f)(x).sum().item()) < 1e-3);
    }
  });

  it('each has its own random state and its own count of arrays', async () => {
    mx.random.seed(11);
    const expected = mx.random.uniform().item();
    const program =
      'mx.random.seed(11); const u = mx.random.uniform().item(); post([u, mlx.native.liveObjects() < 50]);';
    const kept = Array.from({ length: 100 }, () => mx.ones([1]));
    const outcomes = await Promise.all([result(start(program)), result(start(program))]);
    assert.deepEqual(outcomes, [
      [expected, true],
      [expected, true],
    ]);
    assert.equal(kept.length, 100);
  });

  it('20 rounds of 4 workers, terminated while they create, evaluate and wait', async () => {
    const programs = [
      'post(0); for (;;) mx.ones([64, 64]).add(1);',
      'post(0); for (;;) mx.ones([64, 64]).add(1).eval();',
      'post(0); (async () => { for (;;) await mx.async_eval(mx.matmul(mx.ones([128, 128]), mx.ones([128, 128]))); })();',
      'post(0); const f = mx.compile((x) => mx.exp(x)); for (;;) f(mx.ones([8])).eval();',
    ];
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        programs.map(async (program) => {
          const worker = start(program);
          await once(worker, 'message');
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
          await worker.terminate();
        }),
      );
    }
    assert.equal(mx.ones([4]).sum().item(), 4);
  });

  it('an error in one ends that one alone', async () => {
    const worker = start('mx.reshape(mx.ones([4]), [3]);');
    const [error] = await once(worker, 'error');
    assert.match(String(error), /reshape/);
    assert.equal(mx.ones([4]).sum().item(), 4);
  });

  it('typed data crosses between them', async () => {
    const worker = start(
      "parentPort.once('message', (data) => { const out = mx.asarray(data).multiply(2).toTypedArray(); parentPort.postMessage(out, [out.buffer]); });",
    );
    worker.postMessage(mx.arange(5).toTypedArray());
    assert.deepEqual(await result(worker), new Int32Array([0, 2, 4, 6, 8]));
  });
});
