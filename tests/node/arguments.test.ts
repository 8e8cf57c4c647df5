// Arguments: positions and names, and what is said when they do not fit.
import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;
const a = mx.array([
  [1, 2],
  [3, 4],
]);

describe('arguments', () => {
  const forms: [name: string, result: any][] = [
    ['by position', mx.sum(a, 0, true)],
    ['by name', mx.sum(a, { axis: 0, keepdims: true })],
    ['by position and name', mx.sum(a, 0, { keepdims: true })],
    ['of a method', a.sum(0, true)],
    ['of a method by name', a.sum({ axis: 0, keepdims: true })],
    ['with a stream', mx.sum(a, 0, true, { stream: mx.cpu })],
    ['by name in any order', mx.sum(a, { stream: mx.cpu, keepdims: true, axis: 0 })],
    ['by name of another realm', mx.sum(a, runInNewContext('({ axis: 0, keepdims: true })'))],
    ['by name, frozen', mx.sum(a, Object.freeze({ axis: 0, keepdims: true }))],
    [
      'by name, without prototype',
      mx.sum(a, Object.assign(Object.create(null), { axis: 0, keepdims: true })),
    ],
    [
      'by inherited name',
      mx.sum(
        a,
        Object.create(null, {
          axis: { value: 0, enumerable: true },
          keepdims: { value: true, enumerable: true },
        }),
      ),
    ],
    ['with null for None', mx.sum(a, { axis: 0, keepdims: true, stream: null })],
    ['with undefined for what is left out', mx.sum(a, 0, true, { stream: undefined })],
    ['with a list as axis', mx.sum(a, [0], true)],
    ['with typed data as axis', mx.sum(a, Int32Array.of(0), true)],
    ['with a BigInt as axis', mx.sum(a, 0n, true)],
    ['with an array as axis', mx.sum(a, any(mx.array(0)), true)],
    ['of a list of another realm', mx.sum(a, runInNewContext('[0]'), true)],
  ];
  for (const [name, result] of forms) it(name, () => assert.deepEqual(result.tolist(), [[4, 6]]));

  it('that are undefined take the default, null is None', () => {
    assert.equal(mx.sum(a, undefined).item(), 10);
    assert.equal(mx.sum(a, null).item(), 10);
    assert.deepEqual(mx.sort(mx.array([[2, 1]]), undefined).tolist(), [[1, 2]]);
    assert.deepEqual(mx.sort(mx.array([[2, 1]]), null).tolist(), [1, 2]);
    assert.deepEqual(mx.argsort(mx.array([[2, 1]]), { axis: null }).tolist(), [1, 0]);
    assert.equal(mx.zeros([2], undefined).dtype, mx.float32);
    assert.equal(mx.zeros([2], null).dtype, mx.float32);
    assert.equal(mx.zeros([2], { dtype: undefined }).dtype, mx.float32);
  });

  it('are evaluated in order, and each once', () => {
    const seen: string[] = [];
    const options = {
      get axis() {
        seen.push('axis');
        return 0;
      },
      get keepdims() {
        seen.push('keepdims');
        return true;
      },
    };
    assert.deepEqual(mx.sum(a, options).tolist(), [[4, 6]]);
    assert.deepEqual(seen, ['axis', 'keepdims']);
  });
});

describe('wrong arguments', () => {
  const cases: [name: string, call: () => unknown, message: RegExp][] = [
    [
      'an unknown keyword',
      () => mx.sum(a, any({ axes: 0 })),
      /sum\(\): unknown keyword 'axes'\.\nSignature: sum\(a: array, \/, axis:/,
    ],
    ['a keyword of Object', () => mx.sum(a, any({ constructor: 0 })), /unknown keyword 'constructor'/],
    ['__proto__ as keyword', () => mx.sum(a, JSON.parse('{"__proto__": 1}')), /unknown keyword '__proto__'/],
    ['the same twice', () => mx.sum(a, 0, any({ axis: 1 })), /argument 'axis' was given twice/],
    ['a positional-only one by name', () => any(mx.sum)({ a }), /sum\(\): unknown keyword 'a'/],
    [
      'a keyword-only one by position',
      () => any(mx.sum)(a, 0, true, mx.cpu),
      /sum\(\): takes fewer positional arguments than the 4 given/,
    ],
    [
      'too many',
      () => any(mx.exp)(a, a),
      /exp\(\): takes fewer positional arguments than the 2 given \(array, array\)/,
    ],
    ['too many for a method', () => any(a).exp(1, 2), /array\.exp\(\): takes fewer/],
    ['none', () => any(mx.sum)(), /sum\(\): missing argument 'a'/],
    ['null for an array', () => mx.sum(any(null)), /sum\(\): argument 'a' must be an array, got null/],
    ['a list for an array', () => mx.sum(any([1, 2])), /sum\(\): argument 'a' must be an array, got list/],
    ['a number for an array', () => mx.sum(any(3)), /sum\(\): argument 'a' must be an array, got number/],
    ['a float as axis', () => mx.sum(a, 0.5), /sum\(\): argument 'axis' must be an int/],
    ['NaN as axis', () => mx.sum(a, Number.NaN), /sum\(\): argument 'axis'/],
    [
      'an axis beyond 32 bits',
      () => mx.sum(a, 2 ** 31),
      /sum\(\): argument 'axis' must be an int of 32 bits/,
    ],
    ['a large BigInt as axis', () => mx.sum(a, 2n ** 70n), /sum\(\): argument 'axis'/],
    ['text as axis', () => mx.sum(a, any('0')), /sum\(\): argument 'axis' must be .*, got string/],
    ['floats in a list of axes', () => mx.sum(a, [0.5]), /sum\(\): argument 'axis' must be a list of ints/],
    ['a matrix as axis', () => mx.sum(a, any(a)), /sum\(\): argument 'axis'/],
    ['1 for a bool', () => mx.sum(a, 0, any(1)), /sum\(\): argument 'keepdims' must be a bool, got number/],
    [
      'a dtype as text',
      () => mx.zeros([2], any('float32')),
      /zeros\(\): argument 'dtype' must be a dtype \(.*never a string\), got string/,
    ],
    [
      'a stream as text',
      () => mx.exp(a, { stream: any('cpu') }),
      /exp\(\): argument 'stream' must be a stream or a device, got string/,
    ],
    ['a shape that is none', () => mx.zeros(any('2')), /zeros\(\)/],
    [
      'arrays that are none',
      () => mx.concatenate(any([a, 1])),
      /concatenate\(\): argument 'arrays' must be a list of arrays, got number/,
    ],
    ['a hole in a list of arrays', () => mx.concatenate(any([a, , a])), /concatenate\(\): argument 'arrays'/],
    [
      'an array for a list of arrays',
      () => mx.concatenate(any(a)),
      /concatenate\(\): argument 'arrays' must be a list of arrays, got array/,
    ],
    ['a number for text', () => mx.einsum(any(3), a), /einsum\(\): argument 'subscripts' must be a string/],
    [
      'a method on a list',
      () => any(a.sum).call([1, 2]),
      /array\.sum\(\): argument 'self' must be an array, got list/,
    ],
  ];
  for (const [name, call, message] of cases) {
    it(name, () => {
      throws(call, mlx.TypeError, message);
      throws(call, TypeError, message);
      assert.throws(call, { code: 'ERR_MLX_TYPE', name: 'TypeError' });
    });
  }

  const values: [name: string, call: () => unknown, type: any, message: RegExp][] = [
    ['text as operand', () => mx.add(a, any('x')), mlx.ValueError, /add\(\): Invalid type string/],
    [
      'an int that the dtype cannot hold',
      () => mx.add(mx.array([1], mx.int8), 300),
      mlx.ValueError,
      /add\(\): Converting 300 to int8/,
    ],
    [
      'an int beyond 64 bits',
      () => mx.add(a, 2n ** 64n),
      mlx.RuntimeError,
      /add\(\): the integer 18446744073709551616/,
    ],
    [
      'an int of a thousand digits, cut',
      () => mx.add(a, 10n ** 1000n),
      mlx.RuntimeError,
      /10000000000000000000… \(1001 digits\)/,
    ],
    [
      'a dimension beyond 32 bits',
      () => mx.zeros([2 ** 31]),
      mlx.OverflowError,
      /zeros\(\): Integer value 2147483648 is outside/,
    ],
    ['a disposed array', () => mx.tidy(() => { const b = mx.array(1); b.dispose(); return mx.add(a, b); }), mlx.ValueError, /add\(\): the array given as 'b' has been disposed/], // biome-ignore format: one row
    ['an axis that is not there', () => mx.sum(a, 5), mlx.IndexError, /sum\(\): Invalid axis 5/],
    [
      'shapes that do not fit',
      () => mx.add(a, mx.zeros([3])),
      mlx.ValueError,
      /add\(\): \[broadcast_shapes\]/,
    ],
  ];
  for (const [name, call, type, message] of values) it(name, () => throws(call, type, message));

  it('leave everything as it was', () => {
    const before = mlx.native.liveObjects();
    for (const [, call] of cases) assert.throws(call);
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() <= before);
    assert.equal(mx.sum(a).item(), 10);
  });
});

describe('user code that runs while arguments are converted', () => {
  class Weight {
    constructor(readonly body: () => unknown) {}
    __mlx_array__(): unknown {
      return this.body();
    }
  }

  it('may call operations itself, many of them', () => {
    const busy = new Weight(() => {
      // More lists than the ring of lists holds.
      for (let i = 0; i < 20_000; i++) mx.reshape(mx.array([1, 2, 3, 4]), [2, 2]).dispose();
      mx.array(Array.from({ length: 4000 }, () => 7)).tolist();
      return mx.array(5);
    });
    assert.deepEqual(mx.full([2, 3], any(busy)).tolist(), [
      [5, 5, 5],
      [5, 5, 5],
    ]);
    assert.deepEqual(
      mx.pad(mx.array([1]), [1, 2], { constant_values: any(busy) } as any).tolist(),
      [5, 1, 5, 5],
    );
    assert.deepEqual(mx.add(any(busy), any(busy)).item(), 10);
  }).timeout(60_000);

  it('may dispose of the other arguments: they are gone, never another array', () => {
    const b = mx.array([1, 2]);
    const killer = new Weight(() => {
      b.dispose();
      return mx.array([10, 20]);
    });
    throws(() => mx.add(b, any(killer)), mlx.ValueError, /add\(\).*disposed/);
    const c = mx.array([1, 2, 3, 4]);
    const shape = Object.defineProperty([2, 2], 1, {
      get() {
        c.dispose();
        mx.array([7, 7, 7, 7]);
        return 2;
      },
    });
    throws(() => mx.reshape(c, shape), mlx.ValueError, /reshape\(\).*disposed/);
  });

  it('must not call so many that a half-read list is lost', () => {
    const heavy = Object.defineProperty([2, 2], 1, {
      get() {
        for (let i = 0; i < 20_000; i++) mx.reshape(mx.array([1, 2, 3, 4]), [2, 2]).dispose();
        return 2;
      },
    });
    throws(() => mx.zeros(heavy), mlx.RuntimeError, /zeros\(\): the getters of 'shape'/);
    const light = Object.defineProperty([2, 2], 1, { get: () => mx.array([[2]]).tolist()[0][0] });
    assert.deepEqual(mx.zeros(light).shape, [2, 2]);
    throws(() => mx.array(any(light)), mlx.RuntimeError, /array\(\): the getters of the list/);
  }).timeout(60_000);

  it('may throw: its error passes unchanged, and nothing is left behind', () => {
    const error = new RangeError('mine');
    const thrower = new Weight(() => {
      throw error;
    });
    for (const call of [
      () => mx.add(a, any(thrower)),
      () => mx.array(any(thrower)),
      () =>
        mx.sum(a, {
          get axis(): number {
            throw error;
          },
        }),
    ]) {
      // biome-ignore format: one row
      assert.throws(call, (thrown) => thrown === error);
    }
    assert.equal(mx.add(a, 1).get(0, 0).item(), 2);
  });

  it('may not return itself for ever', () => {
    const cyclic: Weight = new Weight(() => cyclic);
    throws(() => mx.add(a, any(cyclic)), mlx.ValueError, /add\(\): Invalid type Weight/);
  });
});

describe('long lists', () => {
  it('of arrays are all there', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => mx.array([i]));
    const joined = mx.concatenate(many);
    assert.deepEqual([joined.size, joined.get(29_999).item()], [30_000, 29_999]);
    const results = mx.depends(many.slice(0, 10), many);
    assert.deepEqual(
      results.map((array) => array.item()),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it('of results are all there', () => {
    const parts = mx.split(mx.arange(40_000), 40_000);
    assert.equal(parts.length, 40_000);
    assert.ok(parts.every((part, i) => i % 1000 !== 0 || part.item() === i));
    assert.equal(mx.unstack(mx.arange(20_000)).length, 20_000);
  });

  it('of shapes broadcast', () => {
    assert.deepEqual(mx.broadcast_shapes(...Array.from({ length: 20_000 }, () => [1, 2]), [3, 1]), [3, 2]);
    throws(() => mx.broadcast_shapes(), mlx.ValueError, /broadcast_shapes/);
    throws(() => mx.broadcast_shapes([2], [3]), mlx.ValueError, /broadcast_shapes/);
  });

  it('without end are refused', () => {
    const endless = new Array(2 ** 32 - 1);
    throws(() => mx.zeros(endless), mlx.TypeError, /zeros\(\).*at most/);
    throws(() => mx.concatenate(endless), mlx.TypeError, /concatenate\(\).*at most/);
    throws(() => mx.eval(endless), mlx.ValueError, /4294967295 items/);
    throws(() => mx.array(endless), mlx.ValueError, /array\(\)/);
  });
});
