/**
 * What only a machine with a GPU can show. Run with `node --test tests/gpu/`; it fails where there is no GPU.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import mlx, { core as mx } from 'mlx';

test('the GPU is the default device', () => {
  assert.ok(mx.is_available(mx.gpu));
  assert.equal(String(mx.default_device()), 'Device(gpu, 0)');
  assert.ok(mx.device_count(mx.gpu) >= 1);
  console.log(mx.device_info());
});

test('operations run there, and on the CPU by keyword', () => {
  const a = mx.random.normal([128, 128], { key: mx.random.key(3) });
  const onGpu = mx.matmul(a, a);
  const onCpu = mx.matmul(a, a, { stream: mx.cpu });
  assert.ok(mx.allclose(onGpu, onCpu, 1e-2, 1e-2).item());
});

test('float64 is refused as in Python', () => {
  for (const value of [1.5, [1, 2], [1.5], new Float64Array(3)]) {
    assert.throws(() => mx.array(value, mx.float64), /float64 is not supported on the GPU/);
  }
  assert.throws(() => mx.ones([2]).astype(mx.float64), /float64 is not supported on the GPU/);
});

test('a custom CUDA kernel', { skip: mx.cuda.is_available() ? false : 'no CUDA' }, () => {
  const kernel = mx.fast.cuda_kernel({
    name: 'square_plus',
    input_names: ['x'],
    output_names: ['out'],
    source: `
      auto i = cooperative_groups::this_grid().thread_rank();
      if (i < x_size) { out[i] = x[i] * x[i] + T(C); }
    `.replace('x_size', '1000'),
  });
  const x = mx.arange(1000).astype(mx.float32);
  const [out] = kernel({
    inputs: [x],
    template: [
      ['T', mx.float32],
      ['C', 3],
    ],
    grid: [1024, 1, 1],
    threadgroup: [256, 1, 1],
    output_shapes: [[1000]],
    output_dtypes: [mx.float32],
  });
  assert.ok(mx.array_equal(out, mx.square(x).add(3)).item());
});

test('compiled functions (NVRTC)', () => {
  const f = mx.compile((x, y) => mx.exp(x.multiply(y)).add(mx.sin(x)).multiply(2));
  const x = mx.random.normal([1000]);
  assert.ok(mx.allclose(f(x, x), mx.exp(x.multiply(x)).add(mx.sin(x)).multiply(2), 1e-5, 1e-6).item());
});

test('gradients', () => {
  const gradient = mx.grad((w) => mx.sum(mx.square(mx.tanh(w))))(mx.array([0.5, -0.25]));
  assert.equal(gradient.shape[0], 2);
  assert.ok(Math.abs(gradient.get(0).item() - 2 * Math.tanh(0.5) * (1 - Math.tanh(0.5) ** 2)) < 1e-5);
});

test('memory functions', () => {
  mx.reset_peak_memory();
  const a = mx.ones([1024, 1024]).add(1);
  mx.eval(a);
  assert.ok(mx.get_active_memory() >= 4 * 2 ** 20);
  assert.ok(mx.get_peak_memory() >= mx.get_active_memory());
  mx.clear_cache();
  assert.equal(mx.get_cache_memory(), 0);
});

test('several streams, synchronous and asynchronous evaluation mixed', async () => {
  const streams = [mx.new_stream(mx.gpu), mx.new_stream(mx.gpu), mx.new_stream(mx.cpu)];
  for (let round = 0; round < 30; round++) {
    let x = mx.full([64, 64], 0.01);
    const waits = [];
    for (let i = 0; i < 30; i++) {
      x = mx.tanh(mx.matmul(x, x, { stream: streams[i % 3] }).add(0.1), { stream: streams[(i + 1) % 3] });
      if (i % 7 === 0) waits.push(mx.async_eval(x));
    }
    if (round % 2 === 0) mx.eval(x);
    await Promise.all([...waits, mx.async_eval(x)]);
    assert.ok(Number.isFinite(x.sum().item()));
  }
});

test('the event loop stays free', async () => {
  let x = mx.random.normal([4096, 4096]).multiply(0.01).astype(mx.bfloat16);
  const w = x;
  for (let i = 0; i < 400; i++) x = mx.tanh(x.matmul(w));
  let largest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    largest = Math.max(largest, performance.now() - last);
    last = performance.now();
  }, 1);
  await mx.async_eval(x);
  clearInterval(timer);
  console.log(`largest gap ${largest.toFixed(1)} ms`);
  assert.ok(largest < 50);
});

test('a synchronous loop stays within memory', () => {
  const a = mx.ones([1024, 1024]);
  for (let i = 0; i < 5000; i++) a.add(i).eval();
  mlx.native.collect();
  assert.ok(mx.get_active_memory() < 200 * 2 ** 20, `${mx.get_active_memory()}`);
});

test('a failed evaluation leaves no error and no task behind', () => {
  for (let i = 0; i < 500; i++) {
    const failing = Array.from({ length: 1 + (i % 20) }, () =>
      mx.full([2, 2], Number.NaN, { stream: mx.cpu }),
    );
    const product = mx.matmul(mx.ones([64, 64]), mx.ones([64, 64]));
    assert.throws(() => mx.eval(product, ...failing.map((a) => mx.linalg.eig(a, { stream: mx.cpu })[0])));
    assert.equal(mx.ones([8]).add(1).sum().item(), 16);
  }
});
