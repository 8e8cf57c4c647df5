// Lifetime: arrays are freed by the garbage collector, also inside a purely synchronous loop, or at once on request.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import mlx, { core as mx } from 'mlx';

const { collect, liveObjects } = mlx.native;

/** Runs a program in a process of its own and returns what it prints as JSON. */
function run(program: string): any {
  const source = `const mlx = require('mlx'); const { core: mx } = mlx; const rss = () => process.memoryUsage().rss; ${program}`;
  const child = spawnSync(process.execPath, ['-e', source], { encoding: 'utf8', timeout: 120_000 });
  assert.equal(child.status, 0, child.stderr);
  return JSON.parse(child.stdout);
}

const GIGABYTE = 1e9;

describe('lifetime', function () {
  this.timeout(130_000);

  it('a synchronous loop of a million lazy temporaries of 4 MB stays below 1 GB', () => {
    const { peak, live } = run(`
      const a = mx.ones([1024, 1024]);
      let peak = 0;
      for (let i = 0; i < 1_000_000; i++) {
        a.add(i);
        if (i % 10_000 === 0) peak = Math.max(peak, rss());
      }
      console.log(JSON.stringify({ peak, live: mlx.native.liveObjects() }));`);
    assert.ok(peak < GIGABYTE, `${peak / 1e6} MB`);
    assert.ok(live < 10_000, `${live} live`);
  });

  it('a synchronous loop of evaluated temporaries of 4 MB stays below 1 GB', () => {
    const { peak, memory } = run(`
      const a = mx.ones([1024, 1024]);
      let peak = 0;
      for (let i = 0; i < 5000; i++) {
        a.add(i).eval();
        if (i % 100 === 0) peak = Math.max(peak, rss());
      }
      console.log(JSON.stringify({ peak, memory: mx.get_peak_memory() }));`);
    assert.ok(peak < GIGABYTE, `${peak / 1e6} MB`);
    assert.ok(memory < 0.5 * GIGABYTE, `${memory / 1e6} MB`);
  });

  it('state that survives many steps is freed when it is replaced', () => {
    const { peak } = run(`
      let state = Array.from({ length: 20 }, () => mx.ones([512, 512]));
      let peak = 0;
      for (let i = 0; i < 1000; i++) {
        state = state.map((a) => a.multiply(0.5).add(1));
        mx.eval(state);
        peak = Math.max(peak, mx.get_active_memory());
      }
      console.log(JSON.stringify({ peak }));`);
    assert.ok(peak < GIGABYTE, `${peak / 1e6} MB`);
  });

  it('a very deep graph is freed without overflowing the stack', () => {
    const { done } = run(`
      let a = mx.ones([2]);
      for (let i = 0; i < 100_000; i++) a = a.add(1);
      a = undefined;
      mlx.native.collect();
      console.log(JSON.stringify({ done: mlx.native.liveObjects() < 10 }));`);
    assert.ok(done);
  });

  it('the count of live arrays comes back', () => {
    collect();
    const before = liveObjects();
    (() => {
      const kept = Array.from({ length: 1000 }, (_, i) => mx.array([i]));
      assert.ok(liveObjects() >= before + 1000);
      assert.equal(kept.length, 1000);
    })();
    collect();
    assert.ok(liveObjects() <= before + 5, `${liveObjects()} after ${before}`);
  });

  it('dispose frees at once, and every later use is an error', () => {
    const a = mx.ones([3]);
    const before = liveObjects();
    a.dispose();
    a.dispose();
    assert.equal(liveObjects(), before - 1);
    for (const use of [
      () => a.shape,
      () => a.add(1),
      () => mx.sum(a),
      () => a.get(0),
      () => a.tolist(),
      () => mx.eval(a),
      () => String(a),
      () => mx.stack([a]),
    ]) {
      assert.throws(use, { name: 'ValueError', message: /disposed/ });
    }
    const b = mx.ones([3]);
    b[Symbol.dispose]();
    assert.throws(() => b.shape, { name: 'ValueError' });
  });

  it('tidy frees what its body made, but not its result', () => {
    let inner: mx.array | undefined;
    const outside = mx.ones([2]);
    const result = mx.tidy(() => {
      inner = outside.add(1);
      return { sum: inner.multiply(2), list: [outside] };
    });
    assert.throws(() => inner!.shape, { name: 'ValueError' });
    assert.deepEqual(result.sum.tolist(), [4, 4]);
    assert.deepEqual(outside.tolist(), [1, 1]);
  });

  it('tidy nests, frees when its body throws, and refuses asynchronous bodies', () => {
    let inner: mx.array | undefined;
    const kept = mx.tidy(() => mx.tidy(() => mx.ones([2]).add(1)).add(1));
    assert.deepEqual(kept.tolist(), [3, 3]);
    assert.throws(
      () =>
        mx.tidy(() => {
          inner = mx.ones([2]);
          throw new RangeError('mine');
        }),
      RangeError,
    );
    assert.throws(() => inner!.shape, { name: 'ValueError' });
    assert.throws(() => mx.tidy(async () => mx.ones([2])), { name: 'TypeError' });
  });
});
