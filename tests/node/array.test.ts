// The array class: construction, dtype inference, attributes, conversions back. Expected values are Python MLX's.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;

describe('mx.array', () => {
  describe('infers the dtype', () => {
    const cases: [name: string, value: unknown, expected: unknown][] = [
      ['of a bool', true, mx.bool_],
      ['of an int', 3, mx.int32],
      ['of -0, an int in JavaScript', -0, mx.int32],
      ['of the largest int32', 2 ** 31 - 1, mx.int32],
      ['of an int beyond int32', 2 ** 31, mx.int64],
      ['of an int below int32', -(2 ** 31) - 1, mx.int64],
      ['of a BigInt', 3n, mx.int32],
      ['of a large BigInt', 2n ** 40n, mx.int64],
      ['of a float', 1.5, mx.float32],
      ['of NaN', Number.NaN, mx.float32],
      ['of infinity', Number.POSITIVE_INFINITY, mx.float32],
      ['of a number from 2**63 on', 2 ** 63, mx.float32],
      ['of mx.float(1)', mx.float(1), mx.float32],
      ['of a complex number', mx.complex(1, 2), mx.complex64],
      ['of no numbers', [], mx.float32],
      ['of empty rows', [[], []], mx.float32],
      ['of bools and ints', [true, 2], mx.int32],
      ['of ints and floats', [1, 2.5], mx.float32],
      ['of bools and floats', [true, 2.5], mx.float32],
      ['of floats and complex numbers', [1.5, mx.complex(0, 1)], mx.complex64],
      ['of ints of which one is large', [1, 2 ** 31], mx.int64],
      ['of BigInts', [1n, -(2n ** 60n)], mx.int64],
      ['of arrays and ints', [mx.array(1), 2], mx.int32],
      ['of arrays and floats', [mx.array(1), 2.5], mx.float32],
      ['of arrays', [mx.array([1], mx.int8), mx.array([2], mx.uint8)], mx.int16],
    ];
    for (const [name, value, expected] of cases) {
      it(name, () => assert.equal(mx.array(any(value)).dtype, expected));
    }
  });

  describe('takes an explicit dtype', () => {
    const cases: [name: string, value: unknown, dtype: any, expected: unknown][] = [
      ['and wraps an int', 300, mx.uint8, 44],
      ['and wraps a negative int', -1, mx.uint8, 255],
      ['and wraps ints of a list', [300, -1], mx.uint8, [44, 255]],
      ['and cuts floats', [1.7, -1.7], mx.int32, [1, -1]],
      ['and reads floats as bools', [0.5, 0], mx.bool_, [true, false]],
      ['and rounds to float16', [1.1], mx.float16, [1.099609375]],
      ['and rounds to bfloat16', [1.1], mx.bfloat16, [1.1015625]],
      ['and keeps doubles', [0.1], mx.float64, [0.1]],
      ['and makes complex numbers', [1, 2], mx.complex64, [mx.complex(1, 0), mx.complex(2, 0)]],
      ['and casts an array', mx.array([1.5]), mx.int32, [1]],
      ['and casts typed data', new Float64Array([0.1, 2]), mx.int32, [0, 2]],
      ['and casts a list of arrays', [mx.array([1]), mx.array([2])], mx.float32, [[1], [2]]],
      ['and turns -1 into the largest uint64', -1, mx.uint64, 2n ** 64n - 1n],
      ['by keyword', { val: [1, 2], dtype: mx.float32 }, undefined, [1, 2]],
    ];
    for (const [name, value, dtype, expected] of cases) {
      it(name, () => {
        const made = dtype === undefined ? mx.array(any(value)) : mx.array(any(value), dtype);
        assert.deepEqual(made.tolist(), expected);
        assert.equal(made.dtype, dtype ?? mx.float32);
      });
    }
  });

  describe('refuses', () => {
    const cases: [name: string, call: () => unknown, type: any, message: RegExp][] = [
      ['nothing', () => any(mx.array)(), mlx.TypeError, /array\(\).*undefined/],
      ['null', () => mx.array(any(null)), mlx.TypeError, /array\(\).*null/],
      ['text', () => mx.array(any('x')), mlx.ValueError, /array\(\): Invalid type string/],
      ['a function', () => mx.array(any(() => 1)), mlx.ValueError, /Invalid type function/],
      ['a symbol', () => mx.array(any(Symbol('s'))), mlx.ValueError, /Invalid type symbol/],
      ['null in a list', () => mx.array(any([null])), mlx.ValueError, /Invalid type null/],
      ['a hole in a list', () => mx.array(any(new Array(2))), mlx.ValueError, /Invalid type undefined/],
      ['ragged lists', () => mx.array([[1, 2], [3]]), mlx.ValueError, /non-uniform length/],
      ['lists of mixed depth', () => mx.array(any([1, [2]])), mlx.ValueError, /extra dimension/],
      ['ragged arrays', () => mx.array([mx.array([1, 2]), mx.array([3])]), mlx.ValueError, /non-uniform/],
      [
        'an int that int32 cannot hold',
        () => mx.array([2 ** 40], mx.int32),
        mlx.RuntimeError,
        /does not fit/,
      ],
      ['an int beyond 64 bits', () => mx.array(2n ** 64n), mlx.RuntimeError, /18446744073709551616.*64 bits/],
      ['a dtype as text', () => mx.array([1], any('int32')), mlx.TypeError, /never a string/],
      [
        'an unknown keyword',
        () => mx.array([1], any({ type: mx.int8 })),
        mlx.TypeError,
        /unknown keyword 'type'/,
      ],
      ['three arguments', () => any(mx.array)([1], mx.int8, 3), mlx.TypeError, /takes fewer/],
    ];
    for (const [name, call, type, message] of cases) it(name, () => throws(call, type, message));

    it('a list that contains itself', () => {
      const list: any[] = [];
      list.push(list);
      throws(() => mx.array(list), mlx.ValueError, /nested too deeply/);
    });
  });

  it('is the class of arrays, with and without new', () => {
    const a = mx.array([1]);
    const b = new (any(mx.array))([1]);
    assert.ok(a instanceof any(mx.array) && b instanceof any(mx.array));
    assert.ok(a instanceof any(mx).Array);
    assert.equal(a.constructor, mx.array);
    assert.equal(b.tolist()[0], 1);
    assert.equal(any(mx.ones([2])) instanceof any(mx.array), true);
    assert.equal(any([1]) instanceof any(mx.array), false);
  });

  it('copies: later changes of the list or the typed array do not show', () => {
    const list = [1, 2];
    const data = Int32Array.of(1, 2);
    const [a, b] = [mx.array(list), mx.array(data)];
    list[0] = 9;
    data[0] = 9;
    assert.deepEqual(
      [a.tolist(), b.tolist()],
      [
        [1, 2],
        [1, 2],
      ],
    );
  });

  it('takes objects with __mlx_array__', () => {
    class Weight {
      __mlx_array__(): unknown {
        return mx.array([1, 2]);
      }
    }
    const weight = new Weight();
    assert.deepEqual(mx.array(any(weight), mx.float32).tolist(), [1, 2]);
    assert.deepEqual(mx.add(any(weight), any(weight)).tolist(), [2, 4]);
    class Text {
      __mlx_array__(): unknown {
        return 'text';
      }
    }
    throws(() => mx.array(any(new Text())), mlx.ValueError, /Invalid type Text/);
  });

  it('holds lists larger than the exchange area', () => {
    const many = Array.from({ length: 5000 }, (_, i) => i + 0.5);
    assert.deepEqual(mx.array(many).tolist(), many);
    const rows = Array.from({ length: 300 }, (_, i) => Array.from({ length: 300 }, (_, j) => i * 300 + j));
    assert.deepEqual(mx.array(rows).tolist(), rows);
    assert.deepEqual(
      mx.array(many.map((n) => mx.complex(n, -n))).tolist()[4999],
      mx.complex(4999.5, -4999.5),
    );
  });
});

describe('an array', () => {
  const a = mx.arange(24, { dtype: mx.float32 }).reshape([2, 3, 4]);

  it('has the attributes of Python', () => {
    assert.deepEqual(a.shape, [2, 3, 4]);
    assert.deepEqual([a.ndim, a.size, a.itemsize, a.nbytes], [3, 24, 4, 96]);
    assert.equal(a.dtype, mx.float32);
    assert.deepEqual(a.T.shape, [4, 3, 2]);
    assert.deepEqual(a.mT.shape, [2, 4, 3]);
    const z = mx.array([mx.complex(1, 2)]);
    assert.deepEqual([z.real.tolist(), z.imag.tolist()], [[1], [2]]);
    assert.deepEqual([mx.array(1).shape, mx.array(1).size, mx.array(1).ndim], [[], 1, 0]);
    assert.equal(any(a).length, undefined);
  });

  it('gives a shape of its own each time', () => {
    a.shape[0] = 99;
    assert.deepEqual(a.shape, [2, 3, 4]);
  });

  it('cannot be given other attributes of that name', () => {
    assert.throws(() => {
      any(a).shape = [1];
    }, TypeError);
    assert.deepEqual({ ...a }.shape, undefined);
  });

  describe('item() returns', () => {
    const cases: [name: string, array: any, expected: unknown][] = [
      ['a bool', mx.array(true), true],
      ['an int', mx.array([[7]]), 7],
      ['a float32 as the double it is', mx.array(0.1), Math.fround(0.1)],
      ['a double', mx.array(0.1, mx.float64), 0.1],
      ['a float16', mx.array(1.1, mx.float16), 1.099609375],
      ['a bfloat16', mx.array(1.1, mx.bfloat16), 1.1015625],
      ['NaN', mx.array(Number.NaN), Number.NaN],
      ['-0', mx.array(mx.float(-0)), -0],
      ['a complex number', mx.array(mx.complex(1, -2)), mx.complex(1, -2)],
      ['2**53 as a number', mx.array(2n ** 53n), 2 ** 53],
      ['an int beyond 2**53 as a BigInt', mx.array(2n ** 53n + 1n), 2n ** 53n + 1n],
      ['the smallest int64', mx.array(-(2n ** 63n)), -(2n ** 63n)],
      ['the largest uint64', mx.array(-1, mx.uint64), 2n ** 64n - 1n],
      ['a small uint64 as a number', mx.array(5, mx.uint64), 5],
    ];
    for (const [name, array, expected] of cases) it(name, () => assert.deepEqual(array.item(), expected));

    it('nothing for other sizes', () => {
      throws(() => mx.array([1, 2]).item(), mlx.ValueError, /item\(\).*length-1/);
      throws(() => mx.array([]).item(), mlx.ValueError, /length-1/);
    });
  });

  describe('tolist() returns', () => {
    const cases: [name: string, array: any, expected: unknown][] = [
      ['a scalar without dimensions', mx.array(1.5), 1.5],
      [
        'nested lists',
        mx.array([
          [1, 2],
          [3, 4],
        ]),
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['bools', mx.array([true, false]), [true, false]],
      ['int64 as numbers where they fit', mx.array([1n, 2n ** 60n]), [1, 2n ** 60n]],
      ['half precision widened', mx.array([1.1, 2], mx.float16), [1.099609375, 2]],
      ['complex numbers', mx.array([mx.complex(1, 2)]), [mx.complex(1, 2)]],
      ['no rows', mx.zeros([0, 3]), []],
      ['empty rows', mx.zeros([3, 0]), [[], [], []]],
      [
        'a transposed array in its order',
        mx.array([
          [1, 2],
          [3, 4],
        ]).T,
        [
          [1, 3],
          [2, 4],
        ],
      ],
      [
        'a broadcast array',
        mx.broadcast_to(mx.array([1, 2]), [2, 2]),
        [
          [1, 2],
          [1, 2],
        ],
      ],
      ['a slice with a step', mx.arange(10).get('1::3'), [1, 4, 7]],
    ];
    for (const [name, array, expected] of cases) it(name, () => assert.deepEqual(array.tolist(), expected));
  });

  it('iterates over its first dimension', () => {
    const rows = [
      ...mx.array([
        [1, 2],
        [3, 4],
      ]),
    ].map((row) => row.tolist());
    assert.deepEqual(rows, [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual([...mx.zeros([0, 2])], []);
    assert.equal(mx.array([1, 2, 3]).__len__(), 3);
    const iterator = mx.array([1, 2]).__iter__();
    assert.equal(iterator[Symbol.iterator](), iterator);
    assert.deepEqual(
      [iterator.next().done, iterator.next().done, iterator.next().done],
      [false, false, true],
    );
    throws(() => [...mx.array(1)], mlx.TypeError, /0-dimensional/);
    throws(() => mx.array(1).__len__(), mlx.TypeError, /0-dimensional/);
  });

  it('destructures like a list', () => {
    const [q, r] = mx.divmod(mx.array([7, 8]), 3) as any;
    const [first, ...rest] = q;
    assert.deepEqual([first.item(), rest.length, r.tolist()], [2, 1, [1, 2]]);
  });

  it('becomes JSON as its list', () => {
    assert.equal(JSON.stringify({ a: mx.array([[1, 2.5]]) }), '{"a":[[1,2.5]]}');
    assert.equal(JSON.stringify(mx.array(true)), 'true');
  });

  it('prints as in Python', () => {
    const text = 'array([1, 2], dtype=int32)';
    const b = mx.array([1, 2]);
    assert.deepEqual([String(b), `${b}`, inspect(b), b.__repr__(), b.__format__('')], Array(5).fill(text));
    assert.equal(inspect({ b }), `{ b: ${text} }`);
    assert.equal(mx.array(3).__format__(''), '3');
    assert.equal(mx.array(3.14159).__format__('.2f'), '3.14');
    throws(() => b.__format__('d'), mlx.TypeError, /format/);
  });

  it('shows what is left of it, whatever that is', () => {
    const gone = mx.array([1]);
    gone.dispose();
    assert.equal(inspect(gone), 'array(disposed)');
    assert.equal(inspect(Object.create(any(mx.array).prototype)), '[object array]');
    assert.ok(inspect(any(mx.array).prototype).length > 0);
    throws(() => String(gone), mlx.ValueError, /disposed/);
  });

  it('refuses the operators of JavaScript, which would join texts', () => {
    for (const operator of [() => any(a) + 1, () => any(a) * 2, () => any(a) < 1, () => -any(a)]) {
      throws(operator, mlx.TypeError, /a\.add\(b\)/);
    }
    assert.equal(any(a) === any(a), true);
  });

  it('compares with anything', () => {
    const b = mx.array([1, 2]);
    assert.deepEqual(any(b.equal(any([1, 3][0]))).tolist(), [true, false]);
    assert.equal(b.__eq__('x'), false);
    assert.equal(b.__ne__('x'), true);
    throws(() => b.__eq__(null), mlx.TypeError, /__eq__\(\).*null/);
    throws(() => b.not_equal(undefined), mlx.TypeError, /undefined/);
  });

  it('converts as Python’s int, float, complex, bool and bytes do', () => {
    assert.equal(mx.array(2.7).__int__(), 2);
    assert.equal(mx.array(3).__float__(), 3);
    assert.deepEqual(mx.array(2).__complex__(), mx.complex(2, 0));
    assert.deepEqual([mx.array(0).__bool__(), mx.array(Number.NaN).__bool__()], [false, true]);
    assert.deepEqual([...mx.array([1, 2], mx.int16).__bytes__()], [1, 0, 2, 0]);
    assert.equal(mx.array(3).__index__(), 3);
    throws(() => mx.array(3.5).__index__(), mlx.TypeError, /__index__/);
    throws(() => mx.array([3]).__index__(), mlx.TypeError, /__index__/);
    throws(() => mx.array(Number.NaN).__int__(), mlx.ValueError, /NaN/);
    throws(() => mx.array(Number.POSITIVE_INFINITY).__int__(), mlx.OverflowError, /infinity/);
    throws(() => mx.array(mx.complex(1, 1)).__float__(), mlx.TypeError, /complex/);
    throws(() => mx.array([1, 2]).__bool__(), mlx.ValueError, /length-1/);
  });

  it('is copied with its own place in memory for in-place operations', () => {
    const b = mx.array([1, 2]);
    const c = b.__copy__();
    const d = b;
    b.iadd(1);
    assert.deepEqual(
      [b.tolist(), c.tolist(), d.tolist()],
      [
        [2, 3],
        [1, 2],
        [2, 3],
      ],
    );
    assert.deepEqual(c.__deepcopy__().tolist(), [1, 2]);
  });

  it('lends its methods to nobody else', () => {
    const { item, sum, shape } = Object.getOwnPropertyDescriptors(any(mx.array).prototype) as any;
    throws(() => item.value.call([1]), mlx.TypeError, /item\(\).*list/);
    throws(() => sum.value.call([1, 2]), mlx.TypeError, /sum\(\).*list/);
    throws(() => shape.get.call({}), mlx.TypeError, /shape.*object/);
    throws(() => Object.create(a).tolist(), mlx.TypeError, /tolist/);
  });
});
