// Teardown: a process ends cleanly in every order of things that may still be going on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

interface Ending {
  /** What the child does; `mx` and `mlx` are there. */
  program: string;
  /** Its exit status. */
  status?: number;
  /** A part of what it writes to stderr. */
  stderr?: RegExp;
}

const LONG_GRAPH = `
  let x = mx.ones([256, 256]);
  for (let i = 0; i < 300; i++) x = mx.tanh(mx.matmul(x, x));
`;

const ENDINGS: Record<string, Ending> = {
  'nothing used': { program: '' },
  'live arrays': { program: 'globalThis.a = mx.ones([100]).add(1);' },
  'evaluated and lazy arrays': {
    program: 'globalThis.a = mx.ones([100]).add(1); mx.eval(a); globalThis.b = a.add(1);',
  },
  'a live compiled function': {
    program: 'globalThis.f = mx.compile((x) => mx.exp(x).add(1)); f(mx.ones([3])).eval();',
  },
  'a compiled function with captured state': {
    program:
      'const s = [mx.array(0)]; globalThis.f = mx.compile(() => { s[0] = s[0].add(1); return s[0]; }, { inputs: s, outputs: s }); f().eval();',
  },
  'a graph that holds a function': {
    program:
      'const f = mx.custom_function((x) => mx.sin(x)).vjp((p, ct) => ct); globalThis.a = f(mx.ones([3])); globalThis.b = mx.checkpoint((x) => x.add(1))(mx.ones([3]));',
  },
  'a pending asynchronous evaluation, awaited by nobody': { program: `${LONG_GRAPH} void mx.async_eval(x);` },
  'process.exit during an asynchronous evaluation': {
    program: `${LONG_GRAPH} void mx.async_eval(x); process.exit(7);`,
    status: 7,
  },
  'process.exit a moment later': {
    program: `${LONG_GRAPH} void mx.async_eval(x); setTimeout(() => process.exit(7), 5);`,
    status: 7,
  },
  'many pending evaluations': {
    program: `${LONG_GRAPH} for (let i = 0; i < 50; i++) void mx.async_eval(x.add(i)); process.exit(0);`,
  },
  'an uncaught exception': {
    program: 'globalThis.a = mx.ones([3]); throw new Error("mine");',
    status: 1,
    stderr: /mine/,
  },
  'an uncaught exception inside a transform': {
    program: 'mx.grad(() => { throw new Error("mine"); })(mx.ones([3]));',
    status: 1,
    stderr: /mine/,
  },
  'an uncaught exception during an asynchronous evaluation': {
    program: `${LONG_GRAPH} void mx.async_eval(x); throw new Error("mine");`,
    status: 1,
    stderr: /mine/,
  },
  'an unhandled rejection of an evaluation': {
    program: 'const a = mx.ones([2]); a.dispose(); void mx.async_eval(a);',
    status: 1,
    stderr: /disposed/,
  },
  'arrays shared with JavaScript buffers': {
    program:
      'const t = new Float32Array(1000); globalThis.a = mx.asarray(t).add(1); a.eval(); globalThis.b = a.toTypedArray({ copy: false });',
  },
  'a worker that is terminated while it evaluates': {
    program: `
      const { Worker } = await import('node:worker_threads');
      const source = 'import("mlx").then(({ core: mx }) => { let x = mx.ones([256, 256]); for (let i = 0; i < 2000; i++) x = mx.tanh(mx.matmul(x, x)); void mx.async_eval(x); for (;;) mx.ones([64, 64]).add(1).eval(); })';
      const worker = new Worker(source, { eval: true });
      await new Promise((resolve) => setTimeout(resolve, 800));
      await worker.terminate();
      if (mx.ones([2]).sum().item() !== 2) process.exit(9);`,
  },
  'workers that end by themselves': {
    program: `
      const { Worker } = await import('node:worker_threads');
      const source = 'import("mlx").then(async ({ core: mx }) => { globalThis.a = mx.ones([64, 64]).add(1); await mx.async_eval(a); globalThis.f = mx.compile((x) => x.add(1)); f(a).eval(); })';
      await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve, reject) => {
        new Worker(source, { eval: true }).on('exit', resolve).on('error', reject);
      })));`,
  },
};

describe('teardown', () => {
  for (const [name, { program, status = 0, stderr }] of Object.entries(ENDINGS)) {
    it(name, () => {
      const source = `import mlx, { core as mx } from 'mlx'; ${program}`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
        encoding: 'utf8',
        timeout: 60000,
      });
      assert.equal(child.signal, null, child.stderr);
      assert.equal(child.status, status, child.stderr);
      if (stderr !== undefined) assert.match(child.stderr, stderr);
    });
  }
});
