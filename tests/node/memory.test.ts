// Memory: what MLX tells about it, its limits and its cache.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;
const MEGABYTE = 2 ** 20;
/** Allocations are rounded up to pages. */
const ROUNDING = 0.1 * MEGABYTE;

const about = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < ROUNDING, `${actual} instead of ${expected}`);

describe('memory', () => {
  beforeEach(() => {
    mlx.native.collect();
    mx.clear_cache();
  });

  it('is counted while arrays hold it', () => {
    const before = mx.get_active_memory();
    const lazy = mx.zeros([MEGABYTE]);
    about(mx.get_active_memory() - before, 0);
    lazy.eval();
    about(mx.get_active_memory() - before, 4 * MEGABYTE);
    lazy.dispose();
    about(mx.get_active_memory() - before, 0);
  });

  it('is freed with the last array that uses it', () => {
    const before = mx.get_active_memory();
    const a = mx.zeros([MEGABYTE]);
    const view = a.reshape([1024, 1024]);
    mx.eval(a, view);
    a.dispose();
    about(mx.get_active_memory() - before, 4 * MEGABYTE);
    view.dispose();
    about(mx.get_active_memory() - before, 0);
  });

  it('does not pile up where a loop evaluates asynchronously', async () => {
    const before = mx.get_active_memory();
    mx.reset_peak_memory();
    let a = mx.zeros([MEGABYTE]);
    for (let i = 0; i < 200; i++) {
      a = a.add(1);
      await mx.async_eval(a);
    }
    assert.equal(a.get(0).item(), 200);
    assert.ok(mx.get_peak_memory() - before < 100 * MEGABYTE, `${mx.get_peak_memory()}`);
  });

  it('of arrays that grew old is freed where memory grows', () => {
    let kept = Array.from({ length: 50 }, (_, i) => mx.full([MEGABYTE], i));
    mx.eval(kept);
    mlx.native.collect(); // they outlive it: a minor collection does not look at them again
    const before = mx.get_active_memory();
    kept = [];
    const end = performance.now() + 10_000;
    while (mx.get_active_memory() >= before && performance.now() < end) mx.eval(mx.zeros([32 * MEGABYTE]));
    assert.ok(mx.get_active_memory() < before, `${mx.get_active_memory()} of ${before}`);
  });

  it('does not pile up where a training loop replaces its parameters', () => {
    const before = mx.get_active_memory();
    mx.reset_peak_memory();
    let p: Record<string, mx.array> = { a: mx.zeros([MEGABYTE]), b: mx.zeros([MEGABYTE]) };
    const step = mx.value_and_grad((p: any, x: any) => mx.square(p.a.add(p.b).subtract(x)).mean());
    for (let i = 0; i < 200; i++) {
      const [value, grads] = step(p, i) as [mx.array, Record<string, mx.array>];
      p = Object.fromEntries(Object.keys(p).map((k) => [k, p[k]!.subtract(grads[k]!.multiply(0.1))]));
      mx.eval(value, p);
    }
    const peak = mx.get_peak_memory() - before;
    assert.ok(peak < 600 * MEGABYTE, `${peak}`);
  });

  it('has a peak, which can be reset', () => {
    mx.reset_peak_memory();
    const before = mx.get_active_memory();
    mx.tidy(() => void mx.zeros([4 * MEGABYTE]).eval());
    about(mx.get_peak_memory() - before, 16 * MEGABYTE);
    mx.reset_peak_memory();
    assert.ok(mx.get_peak_memory() < 16 * MEGABYTE);
  });

  it('goes to a cache, which is limited and can be cleared', () => {
    const limit = mx.set_cache_limit(8 * MEGABYTE);
    try {
      mx.tidy(() => void mx.zeros([MEGABYTE]).eval());
      about(mx.get_cache_memory(), 4 * MEGABYTE);
      mx.clear_cache();
      assert.equal(mx.get_cache_memory(), 0);
      mx.tidy(() => void mx.zeros([16 * MEGABYTE]).eval());
      assert.ok(mx.get_cache_memory() <= 8 * MEGABYTE);
      assert.equal(mx.set_cache_limit(0), 8 * MEGABYTE);
      mx.clear_cache();
      mx.tidy(() => void mx.zeros([MEGABYTE]).eval());
      assert.equal(mx.get_cache_memory(), 0);
    } finally {
      mx.set_cache_limit(limit);
    }
  });

  it('has a limit, which is returned when it is set', () => {
    const limit = mx.get_memory_limit();
    try {
      assert.equal(mx.set_memory_limit(2 ** 40), limit);
      assert.equal(mx.get_memory_limit(), 2 ** 40);
    } finally {
      mx.set_memory_limit(limit);
    }
    assert.equal(mx.get_memory_limit(), limit);
  });

  it('limits are checked', () => {
    for (const name of ['set_memory_limit', 'set_cache_limit', 'set_wired_limit']) {
      for (const limit of [-1, 1.5, '1', null, undefined, 2 ** 64]) {
        throws(() => any(mx)[name](limit), mlx.TypeError, new RegExp(`${name}\\(\\).*limit`));
      }
      throws(() => any(mx)[name](1, 2), mlx.TypeError, new RegExp(`${name}\\(\\)`));
    }
  });

  it('of arrays is counted once where they share it', () => {
    const a = mx.zeros([1024]);
    const b = a.reshape([32, 32]);
    const c = mx.ones([1024]);
    mx.eval(a, b, c);
    const one = mx.get_array_buffer_size(a);
    assert.ok(one >= 4096);
    assert.equal(mx.get_array_buffer_size([a, { b }]), one);
    assert.equal(mx.get_array_buffer_size(a, c), 2 * one);
  });
});

describe('an allocation that is impossible', () => {
  it('is an error, after which everything works', () => {
    const wide = mx.zeros([2 ** 30, 2 ** 20]);
    throws(() => wide.eval(), mlx.MemoryError, /eval\(\).*allocate/i);
    throws(() => wide.toTypedArray(), mlx.MemoryError, /toTypedArray\(\)/);
    throws(() => wide.tolist(), mlx.MemoryError, /tolist\(\)/);
    assert.equal(mx.ones([3]).sum().item(), 3);
  });

  const shapes: [name: string, call: () => unknown][] = [
    ['whose size overflows 64 bits to 0', () => mx.zeros([65536, 65536, 65536, 65536])],
    ['whose bytes overflow 64 bits', () => mx.ones([2 ** 31 - 1, 2 ** 31 - 1, 3])],
    ['of a broadcast', () => mx.broadcast_to(mx.array(1), [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1])],
    ['of an outer product', () => mx.outer(mx.zeros([2 ** 31 - 1]), mx.zeros([2 ** 31 - 1]))],
    ['of a dimension beyond 32 bits', () => mx.zeros([2 ** 31])],
    ['of a repeated array', () => mx.repeat(mx.zeros([3]), 2 ** 31 - 1)],
    ['of a padded array', () => mx.pad(mx.zeros([3]), 2 ** 31 - 1)],
  ];
  for (const [name, call] of shapes)
    it(name, () => throws(call, mlx.OverflowError, /(zeros|ones|broadcast_to|outer)\(\)|\[\w+\]/));
});
