// Worker threads: each has an environment of its own, and may end at any moment.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import mlx, { core as mx } from 'mlx';

const PRELUDE = `
const { parentPort, workerData } = require('node:worker_threads');
const mlx = require('mlx');
const mx = mlx.core;
`;

function start(program: string, workerData?: unknown): Worker {
  return new Worker(PRELUDE + program, { eval: true, workerData });
}

/** Runs a program to its end; what it posted. */
async function results(program: string, workerData?: unknown): Promise<any[]> {
  const worker = start(program, workerData);
  const posted: any[] = [];
  worker.on('message', (message) => posted.push(message));
  const [code] = await once(worker, 'exit');
  assert.equal(code, 0);
  return posted;
}

const COMPUTE = `
mx.random.seed(workerData);
let w = mx.random.normal([64, 64]);
for (let i = 0; i < 30; i++) w = mx.tanh(w.matmul(w)).add(mx.random.uniform({ shape: [64] }));
parentPort.postMessage(w.toTypedArray());
`;

describe('workers', function () {
  this.timeout(120_000);

  it('compute at the same time as each other and as the main thread', async () => {
    const workers = [1, 2, 3, 4].map((seed) => results(COMPUTE, seed));
    const here: Float32Array[] = [];
    for (let seed = 1; seed <= 4; seed++) {
      mx.random.seed(seed);
      let w = mx.random.normal([64, 64]);
      for (let i = 0; i < 30; i++) w = mx.tanh(w.matmul(w)).add(mx.random.uniform({ shape: [64] }));
      here.push(w.toTypedArray() as Float32Array);
    }
    assert.deepEqual(
      (await Promise.all(workers)).map(([result]) => result),
      here,
    );
  });

  it('have live objects, random state and arrays of their own', async () => {
    const kept = Array.from({ length: 10 }, () => mx.array(1));
    const before = mlx.native.liveObjects();
    mx.random.seed(1);
    const expected = [mx.random.uniform().item(), mx.random.uniform().item()];
    mx.random.seed(1);
    const first = mx.random.uniform().item();
    const [live] = await results(`
      parentPort.postMessage(mlx.native.liveObjects());
      mx.random.seed(9);
      globalThis.kept = Array.from({ length: 100 }, () => mx.random.uniform());
      mx.eval(kept);
    `);
    assert.equal(live, 0);
    assert.deepEqual([first, mx.random.uniform().item()], expected);
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() <= before + 4);
    assert.equal(kept.length, 10);
  });

  it('have the same classes of errors, as far as messages carry them', async () => {
    const [posted] = await results(`
      try { mx.add(mx.ones([2]), mx.ones([3])); } catch (error) { parentPort.postMessage([error.name, error.code, error instanceof mlx.ValueError]); }
    `);
    assert.deepEqual(posted, ['ValueError', 'ERR_MLX_VALUE', true]);
    const worker = start('mx.reshape(mx.ones([4]), [3]);');
    const [error] = await once(worker, 'error');
    assert.match(error.message, /reshape/);
    assert.equal(mx.ones([2]).sum().item(), 2);
  });

  it('share memory through SharedArrayBuffer', async () => {
    const shared = new Float32Array(new SharedArrayBuffer(16));
    const here = mx.asarray(shared);
    const [seen] = await results(
      `
      const a = mx.asarray(workerData);
      workerData[1] = 5;
      parentPort.postMessage(a.tolist());
    `,
      shared,
    );
    assert.deepEqual(
      [seen, here.tolist()],
      [
        [0, 5, 0, 0],
        [0, 5, 0, 0],
      ],
    );
  });

  it('do not take arrays as messages: they are refused, not emptied', async () => {
    const { port1, port2 } = new MessageChannel();
    const a = mx.ones([2]);
    for (const message of [a, [a], { weights: { a } }, new Map([['a', a]])]) {
      assert.throws(() => port1.postMessage(message), { name: 'DataCloneError', message: /toTypedArray/ });
      assert.throws(() => structuredClone(message), { name: 'DataCloneError', message: /toTypedArray/ });
      assert.throws(() => new Worker('', { eval: true, workerData: message }), { name: 'DataCloneError' });
    }
    port1.close();
    port2.close();
    assert.deepEqual(a.tolist(), [1, 1]);
  });

  const loops: [name: string, program: string][] = [
    ['makes arrays', 'parentPort.postMessage(0); for (;;) mx.add(mx.ones([64, 64]), 1);'],
    [
      'evaluates',
      'parentPort.postMessage(0); for (;;) { let x = mx.ones([128, 128]); for (let i = 0; i < 20; i++) x = mx.tanh(x.matmul(x)); x.eval(); }',
    ],
    [
      'evaluates asynchronously',
      '(async () => { parentPort.postMessage(0); for (;;) { let x = mx.ones([128, 128]); for (let i = 0; i < 20; i++) x = mx.tanh(x.matmul(x)); await mx.async_eval(x); } })();',
    ],
    [
      'shares memory',
      'parentPort.postMessage(0); for (;;) { const x = mx.asarray(new Float32Array(1e5)).add(1); x.toTypedArray({ copy: false })[0]; }',
    ],
    ['fails', 'parentPort.postMessage(0); for (;;) try { mx.add(mx.ones([2]), mx.ones([3])); } catch {}'],
    ['collects', 'parentPort.postMessage(0); for (;;) { mx.ones([8]).add(1).eval(); mlx.native.collect(); }'],
  ];
  for (const [name, program] of loops) {
    it(`can be terminated while one ${name}, 20 times`, async () => {
      for (let round = 0; round < 5; round++) {
        const workers = Array.from({ length: 4 }, () => start(program));
        await Promise.all(workers.map((worker) => once(worker, 'message')));
        await new Promise((resolve) => setTimeout(resolve, 5 * round));
        const codes = await Promise.all(workers.map((worker) => worker.terminate()));
        assert.deepEqual(codes, [1, 1, 1, 1]);
        assert.equal(mx.ones([4]).sum().item(), 4);
      }
    });
  }

  it('leave neither threads nor memory behind, over 50 rounds', () => {
    const child = spawnSync(
      process.execPath,
      [
        '-e',
        `
      const { readdirSync } = require('node:fs');
      const { Worker } = require('node:worker_threads');
      const { core: mx } = require('mlx');
      const threads = () => readdirSync('/proc/self/task').length;
      const source = 'const { core: mx } = require("mlx"); mx.stream(mx.new_stream(mx.cpu), () => mx.ones([256, 256]).add(1).eval()); ' +
        'globalThis.kept = Array.from({ length: 1000 }, (_, i) => mx.full([1024], i)); mx.eval(kept);';
      const round = () => new Promise((resolve, reject) => new Worker(source, { eval: true }).on('exit', resolve).on('error', reject));
      (async () => {
        mx.ones([2]).add(1).eval();
        for (let i = 0; i < 5; i++) await round();
        const [before, memory, active] = [threads(), process.memoryUsage().rss, mx.get_active_memory()];
        for (let i = 0; i < 50; i++) await round();
        console.log(JSON.stringify({
          threads: threads() - before,
          megabytes: (process.memoryUsage().rss - memory) / 2 ** 20,
          active: mx.get_active_memory() - active,
        }));
      })();`,
      ],
      { encoding: 'utf8' },
    );
    assert.deepEqual([child.status, child.signal], [0, null], child.stderr);
    const left = JSON.parse(child.stdout);
    assert.ok(left.active < 2 ** 20, child.stdout);
    assert.ok(left.megabytes < 300, child.stdout);
    assert.ok(left.threads < 10, child.stdout);
  });

  it('end the process cleanly when it exits around them', () => {
    for (const program of [
      'setTimeout(() => process.exit(3), 30)',
      'process.on("exit", () => { process.exitCode = 3; }); setTimeout(() => process.exit(), 30)',
    ]) {
      const child = spawnSync(
        process.execPath,
        [
          '-e',
          `
        const { Worker } = require('node:worker_threads');
        const { core: mx } = require('mlx');
        const source = 'const { core: mx } = require("mlx"); for (;;) mx.ones([64, 64]).matmul(mx.ones([64, 64])).eval();';
        for (let i = 0; i < 3; i++) new Worker(source, { eval: true });
        globalThis.lazy = mx.ones([1000]).add(1);
        ${program};`,
        ],
        { encoding: 'utf8', timeout: 30_000 },
      );
      assert.deepEqual([child.status, child.signal], [3, null], child.stderr);
    }
  });
});
