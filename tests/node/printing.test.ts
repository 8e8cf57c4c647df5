// Printing: every text is what Python MLX prints for the same array.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;

describe('arrays print', () => {
  const cases: [name: string, array: any, text: string][] = [
    [
      'floats',
      mx.array([1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, 1e10, 1e-7]),
      'array([1, 2.5, nan, inf, 1e+10, 1e-07], dtype=float32)',
    ],
    ['more than six', mx.arange(10), 'array([0, 1, 2, ..., 7, 8, 9], dtype=int32)'],
    ['six', mx.arange(6), 'array([0, 1, 2, 3, 4, 5], dtype=int32)'],
    [
      'a matrix',
      mx.array([
        [1, 2],
        [3, 4],
      ]),
      'array([[1, 2],\n       [3, 4]], dtype=int32)',
    ],
    [
      'a cube',
      mx.arange(8).reshape([2, 2, 2]),
      'array([[[0, 1],\n        [2, 3]],\n       [[4, 5],\n        [6, 7]]], dtype=int32)',
    ],
    [
      'a large matrix',
      mx.arange(100).reshape([10, 10]).get(':', ':2'),
      `array([[0, 1],\n       [10, 11],\n       [20, 21],\n       ...,\n       [70, 71],\n       [80, 81],\n       [90, 91]], dtype=int32)`,
    ],
    ['no rows', mx.zeros([0, 3]), 'array([], dtype=float32)'],
    ['empty rows', mx.zeros([3, 0]), 'array([[],\n       [],\n       []], dtype=float32)'],
    ['bools', mx.array([true, false]), 'array([True, False], dtype=bool)'],
    [
      'complex numbers',
      mx.array([mx.complex(1, 2), mx.complex(-1, 0)]),
      'array([1+2j, -1+0j], dtype=complex64)',
    ],
    ['a scalar', mx.array(3), 'array(3, dtype=int32)'],
    ['-0', mx.array(mx.float(-0)), 'array(-0, dtype=float32)'],
    ['-infinity', mx.array(Number.NEGATIVE_INFINITY), 'array(-inf, dtype=float32)'],
    ['float16', mx.array([0.1], mx.float16), 'array([0.0999756], dtype=float16)'],
    ['bfloat16', mx.array([0.1], mx.bfloat16), 'array([0.100098], dtype=bfloat16)'],
    ['float64', mx.array([0.1], mx.float64), 'array([0.1], dtype=float64)'],
    ['a denormal', mx.array([1e-45]), 'array([1.4013e-45], dtype=float32)'],
    ['large numbers', mx.array([123456789.5]), 'array([1.23457e+08], dtype=float32)'],
    ['int8 and uint8 as numbers', mx.array([-5], mx.int8), 'array([-5], dtype=int8)'],
    ['the largest int64', mx.array([2n ** 63n - 1n]), 'array([9223372036854775807], dtype=int64)'],
    ['the largest uint64', mx.array(-1, mx.uint64), 'array(18446744073709551615, dtype=uint64)'],
    [
      'a transposed array',
      mx.array([
        [1, 2],
        [3, 4],
      ]).T,
      'array([[1, 3],\n       [2, 4]], dtype=int32)',
    ],
  ];
  for (const [name, array, text] of cases) it(name, () => assert.equal(String(array), text));
});

describe('print options', () => {
  const a = mx.array([1.123456789, 2, Number.NaN]);
  const standard = 'array([1.12346, 2, nan], dtype=float32)';
  const two = 'array([1.12, 2.00, nan], dtype=float32)';

  afterEach(() => mx.set_printoptions());

  it('hold until they are set again', () => {
    mx.set_printoptions(2);
    assert.deepEqual([String(a), mx.get_printoptions().precision], [two, 2]);
    mx.set_printoptions({ precision: 0 });
    assert.equal(String(a), 'array([1, 2, nan], dtype=float32)');
    mx.set_printoptions();
    assert.deepEqual([String(a), mx.get_printoptions().precision], [standard, -1]);
  });

  it('hold while a function runs, which may throw', () => {
    assert.equal(
      mx.printoptions(2, () => String(a)),
      two,
    );
    assert.equal(
      mx.printoptions({ precision: 2 }, () => mx.printoptions(3, () => String(a))),
      'array([1.123, 2.000, nan], dtype=float32)',
    );
    assert.throws(
      () =>
        mx.printoptions(2, () => {
          throw new Error('mine');
        }),
      /mine/,
    );
    assert.equal(String(a), standard);
  });

  it('hold until their context is disposed', () => {
    const context: any = mx.printoptions(2);
    assert.equal(String(a), two);
    context[Symbol.dispose]();
    assert.equal(String(a), standard);
    context[Symbol.dispose]();
    assert.equal(String(a), standard);
  });

  it('hold until the promise of an asynchronous function is settled', async () => {
    let inside = '';
    await any(
      mx.printoptions(2, async () => {
        await new Promise(setImmediate);
        inside = String(a);
      }),
    );
    assert.deepEqual([inside, String(a)], [two, standard]);
    await assert.rejects(any(mx.printoptions(2, () => Promise.reject(new Error('mine')))), /mine/);
    assert.equal(String(a), standard);
  });

  it('are checked', () => {
    throws(() => mx.set_printoptions(any('2')), mlx.TypeError, /set_printoptions\(\).*precision/);
    throws(() => mx.set_printoptions(any({ digits: 2 })), mlx.TypeError, /unknown keyword 'digits'/);
    throws(() => mx.set_printoptions(any(1), any(2)), mlx.TypeError, /fewer/);
    throws(() => mx.set_printoptions(2 ** 31 - 1), mlx.TypeError, /set_printoptions\(\).*at most/);
    throws(() => mx.printoptions(any(1.5)), mlx.TypeError, /printoptions\(\)/);
    assert.equal(mx.get_printoptions().precision, -1);
  });
});
