// toPlain and toPlainStream: arrays become data that may leave the server, and nothing else does.
import assert from 'node:assert/strict';
import { core as mx, nn } from 'mlx';
import { toPlain, toPlainStream } from 'mlx/react';
import { Steps, until } from './events';

describe('toPlain', () => {
  it('replaces arrays wherever they are', async () => {
    const a = mx.array([1, 2]);
    assert.deepEqual(await toPlain(a.sum()), 3);
    assert.deepEqual(await toPlain({ a, b: [a, { c: mx.array(1.5) }], d: null, e: 'x', f: mx.float(2) }), {
      a: [1, 2],
      b: [[1, 2], { c: 1.5 }],
      d: null,
      e: 'x',
      f: 2,
    });
    assert.deepEqual(await toPlain(mx.array([2n ** 60n], mx.int64)), [2n ** 60n]);
    assert.deepEqual(await toPlain(a, { arrays: 'typed' }), {
      dtype: 'int32',
      shape: [2],
      data: new Int32Array([1, 2]),
    });
  });

  it('evaluates off the event loop', async () => {
    const w = mx.random.normal([256, 256], { key: mx.random.key(1) }).multiply(0.05);
    let x = w;
    for (let i = 0; i < 400; i++) x = mx.tanh(mx.matmul(x, w));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await toPlain({ sum: x.sum() });
    clearInterval(timer);
    assert.ok(ticks > 10, `${ticks} ticks`);
  });

  it('names the place of what cannot leave', async () => {
    const cases: [value: unknown, message: RegExp][] = [
      [{ a: [1, () => 0] }, /^The value\.a\[1\] cannot leave the server \(function\)/],
      [{ model: new nn.Linear(2, 2) }, /^The value\.model cannot leave the server \(.*only arrays/],
      [new Map(), /^The value cannot leave the server \(Map/],
      [{ s: Symbol('x') }, /^The value\.s cannot leave the server \(symbol/],
    ];
    for (const [value, message] of cases)
      await assert.rejects(toPlain(value), { name: 'TypeError', message });
    const loop: unknown[] = [];
    loop.push(loop);
    await assert.rejects(toPlain(loop), /nested too deeply, or contains itself/);
    const gone = mx.array(1);
    gone.dispose();
    await assert.rejects(toPlain([gone]), /disposed/);
  });
});

describe('toPlainStream', () => {
  it('converts value by value', async () => {
    const values = [];
    for await (const value of toPlainStream(new Steps(3, (step) => mx.full([2], step)))) values.push(value);
    assert.deepEqual(values, [
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('ends the work when it is left', async () => {
    const steps = new Steps();
    const iterator = toPlainStream(steps)[Symbol.asyncIterator]();
    await iterator.next();
    // React throws into the iterator of a request that ended.
    await assert.rejects(iterator.throw!(new Error('the request ended')), /the request ended/);
    await until(() => steps.ended, 'end of the steps');
  });
});
