// Dtypes: objects, their categories, and the questions that can be asked about them.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;

const ROWS: [key: string, size: number, category: string][] = [
  ['bool', 1, 'generic'],
  ['uint8', 1, 'unsignedinteger'],
  ['uint16', 2, 'unsignedinteger'],
  ['uint32', 4, 'unsignedinteger'],
  ['uint64', 8, 'unsignedinteger'],
  ['int8', 1, 'signedinteger'],
  ['int16', 2, 'signedinteger'],
  ['int32', 4, 'signedinteger'],
  ['int64', 8, 'signedinteger'],
  ['float16', 2, 'floating'],
  ['float32', 4, 'floating'],
  ['float64', 8, 'floating'],
  ['bfloat16', 2, 'floating'],
  ['complex64', 8, 'complexfloating'],
];

describe('dtypes', () => {
  for (const [key, size, category] of ROWS) {
    it(key, () => {
      const dtype = any(mx)[key];
      assert.deepEqual([dtype.key, dtype.size, dtype.category.name], [key, size, category]);
      assert.equal(dtype, any(mlx)[key]);
      assert.equal(dtype, any(mlx.dtype)[key]);
      assert.equal(mx.zeros([1], dtype).dtype, dtype);
      assert.deepEqual([String(dtype), inspect(dtype)], [`mlx.core.${key}`, `mlx.core.${key}`]);
    });
  }

  it('are all there are', () => {
    assert.deepEqual(
      mlx.dtype.keys(),
      ROWS.map(([key]) => key),
    );
    assert.equal(mx.bool_, mx.bool);
    assert.ok(mx.float32 instanceof mx.Dtype);
  });

  it('cannot be changed or forged', () => {
    assert.throws(() => {
      any(mx.float32).size = 8;
    }, TypeError);
    const { key, size, category, code } = any(mx.float32);
    const copy = { key, size, category, code };
    for (const forged of [
      'float32',
      copy,
      Object.create(mx.float32),
      Object.create(mx.Dtype.prototype),
      10,
    ]) {
      throws(() => mx.zeros([1], any({ dtype: forged })), mlx.TypeError, /zeros\(\).*dtype/);
      throws(() => mx.array(1, any({ dtype: forged })), mlx.TypeError, /array\(\).*dtype/);
    }
  });
});

describe('issubdtype', () => {
  const cases: [unknown, unknown, boolean][] = [
    [mx.float16, mx.floating, true],
    [mx.floating, mx.inexact, true],
    [mx.complex64, mx.inexact, true],
    [mx.complex64, mx.floating, false],
    [mx.int8, mx.number, true],
    [mx.uint8, mx.signedinteger, false],
    [mx.uint8, mx.integer, true],
    [mx.bool_, mx.number, false],
    [mx.bool_, mx.generic, true],
    [mx.float32, mx.float32, true],
    [mx.float32, mx.float64, false],
    [mx.inexact, mx.float32, false],
    [mx.generic, mx.generic, true],
  ];
  for (const [a, b, expected] of cases) {
    it(`${a} in ${b}: ${expected}`, () => {
      assert.equal(mx.issubdtype(any(a), any(b)), expected);
      assert.equal(mlx.dtype.issubdtype(any(a), any(b)), expected);
    });
  }

  it('refuses text', () => {
    throws(() => mx.issubdtype(any('float32'), mx.floating), mlx.ValueError, /issubdtype/);
    throws(() => mx.issubdtype(mx.float32, any('floating')), mlx.ValueError, /issubdtype/);
  });
});

describe('questions about dtypes', () => {
  it('categories print as in Python', () => {
    assert.deepEqual(
      [String(mx.floating), inspect(mx.floating)],
      ['DtypeCategory.floating', 'DtypeCategory.floating'],
    );
    assert.equal(any(mx.DtypeCategory).floating, mx.floating);
  });

  it('isdtype', () => {
    assert.equal(mx.isdtype(mx.int8, 'integral'), true);
    assert.equal(mx.isdtype(mx.int8, mx.int8), true);
    assert.equal(mx.isdtype(mx.int8, ['bool', 'real floating']), false);
    assert.equal(mx.isdtype(mx.bool_, ['bool', 'real floating']), true);
    assert.equal(mx.isdtype(mx.complex64, 'complex floating'), true);
    throws(() => mx.isdtype(mx.int8, 'whole'), mlx.ValueError, /isdtype.*whole/);
    throws(() => mx.isdtype(mx.int8, 'constructor'), mlx.ValueError, /isdtype/);
    throws(() => mx.isdtype(any('int8'), 'integral'), mlx.TypeError, /isdtype/);
  });

  it('result_type', () => {
    assert.equal(mx.result_type(mx.int8, mx.uint8), mx.int16);
    assert.equal(mx.result_type(mx.ones([1], mx.float16), mx.bfloat16), mx.float32);
    assert.equal(mx.result_type(mx.int64, mx.float16, mx.complex64), mx.complex64);
    throws(() => mx.result_type(), mlx.ValueError, /result_type.*least one/);
    throws(() => mx.result_type(any(1.5)), mlx.ValueError, /result_type/);
  });

  it('can_cast', () => {
    assert.equal(mx.can_cast(mx.int8, mx.int16), true);
    assert.equal(mx.can_cast(mx.int16, mx.int8), false);
    assert.equal(mx.can_cast(mx.ones([1], mx.uint8), mx.float16), true);
    throws(() => mx.can_cast(mx.int8, any('int16')), mlx.TypeError, /can_cast/);
  });

  it('finfo', () => {
    const half = new mx.finfo(mx.float16);
    assert.deepEqual(
      [half.bits, half.min, half.max, half.eps, half.smallest_normal, half.dtype],
      [16, -65504, 65504, 2 ** -10, 2 ** -14, mx.float16],
    );
    assert.equal(new mx.finfo(mx.float64).eps, Number.EPSILON);
    assert.equal(new mx.finfo(mx.bfloat16).eps, 2 ** -7);
    assert.equal(new mx.finfo(mx.complex64).dtype, mx.float32);
    assert.equal(inspect(half), 'finfo(min=-65504, max=65504, dtype=float16)');
    throws(() => new mx.finfo(mx.int32), mlx.ValueError, /finfo/);
    throws(() => new mx.finfo(any('float32')), mlx.TypeError, /finfo/);
  });

  it('iinfo', () => {
    const wide = new mx.iinfo(mx.int64);
    assert.deepEqual([wide.min, wide.max, wide.dtype], [-(2n ** 63n), 2n ** 63n - 1n, mx.int64]);
    assert.deepEqual([new mx.iinfo(mx.uint8).min, new mx.iinfo(mx.uint8).max], [0, 255]);
    assert.equal(new mx.iinfo(mx.uint64).max, 2n ** 64n - 1n);
    assert.equal(String(new mx.iinfo(mx.int8)), 'iinfo(min=-128, max=127, dtype=int8)');
    throws(() => new mx.iinfo(mx.float32), mlx.ValueError, /iinfo/);
    throws(() => new mx.iinfo(mx.bool_), mlx.ValueError, /iinfo/);
  });
});
