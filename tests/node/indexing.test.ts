// a.get, a.set and a.at: expected values are Python MLX's for the index in each test's name.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';

/** The numbers 0, 1, 2, … in a shape. */
const counted = (...shape: number[]) => mx.arange(shape.reduce((a, b) => a * b, 1)).reshape(shape);

function evaluated(a: any): any {
  mx.eval(a);
  return a;
}

/** A 3 × 4 array after `change` has written to it, as a list. */
function written(change: (a: any) => void): unknown {
  const a = counted(3, 4);
  change(a);
  return a.tolist();
}

/** A nested list on one line. */
const parse = (text: string): unknown => JSON.parse(text);

const rows = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
];

describe('a.get', () => {
  const a = counted(3, 4);
  const b = counted(2, 3, 4);

  const reads: [name: string, got: any, expected: unknown][] = [
    ['a[1]', a.get(1), [4, 5, 6, 7]],
    ['a[-1]', a.get(-1), [8, 9, 10, 11]],
    ['a[1n]', a.get(1n), [4, 5, 6, 7]],
    ['a[()]', a.get(), rows],
    ['a[...]', a.get('...'), rows],
    ['a[None]', a.get(null), [rows]],
    ['a[:]', a.get(':'), rows],
    ['a[1:]', a.get('1:'), rows.slice(1)],
    ['a[::-1]', a.get('::-1'), [...rows].reverse()],
    ['a[0:3:2]', a.get(' 0 : 3 : 2 '), [rows[0], rows[2]]],
    ['a[slice(None, 2)]', a.get(mx.slice_(2)), rows.slice(0, 2)],
    ['a[slice(1, None)]', a.get(mx.slice_(1, null)), rows.slice(1)],
    ['a[slice(None, None, 2)]', a.get(mx.slice_(null, null, 2n)), [rows[0], rows[2]]],
    ['a[5:9]', a.get('5:9'), []],
    ['a[1, 2]', a.get(1, 2), 6],
    ['a[:, 1]', a.get(':', 1), [1, 5, 9]],
    ['a[..., -1]', a.get('...', -1), [3, 7, 11]],
    ['a[1, None, 1:3]', a.get(1, null, '1:3'), [[5, 6]]],
    ['a[[2, 0]]', a.get([2, 0]), [rows[2], rows[0]]],
    ['a[[[0, 1]]]', a.get([[0, 1]]), [[rows[0], rows[1]]]],
    ['a[[0, 1], [2, 3]]', a.get([0, 1], [2, 3]), [2, 7]],
    ['a[array([0, -1])]', a.get(mx.array([0, -1])), [rows[0], rows[2]]],
    ['a[array(1)]', a.get(mx.array(1)), rows[1]],
    ['a[[array(0), array(2)]]', a.get([mx.array(0), mx.array(2)]), [rows[0], rows[2]]],
    ['a[::-1, [0, 1]]', a.get('::-1', [0, 1]), parse('[[8,9],[4,5],[0,1]]')],
    ['a[array([0, 1]), 1:9]', a.get(mx.array([0, 1]), '1:9'), parse('[[1,2,3],[5,6,7]]')],
    [
      'b[array([0, 1]), :, array([1, 2])]',
      b.get(mx.array([0, 1]), ':', mx.array([1, 2])),
      parse('[[1,5,9],[14,18,22]]'),
    ],
    [
      'b[:, array([0, 2]), None, 3]',
      b.get(':', mx.array([0, 2]), null, 3),
      parse('[[[3],[15]],[[11],[23]]]'),
    ],
    ['a.__getitem__((0, 1))', a.__getitem__([0, 1]), 1],
    ['a.__getitem__(0)', a.__getitem__(0), rows[0]],
  ];
  for (const [name, got, expected] of reads) {
    it(name, () => assert.deepEqual(got.tolist(), expected));
  }

  it('counts a tuple’s negative int from the end twice, as MLX does', () => {
    assert.deepEqual(a.get(':', -6).tolist(), [2, 6, 10]);
  });

  it('keeps the dtype and gives the shape of the index', () => {
    const picked = counted(3, 4)
      .astype(mx.float16)
      .get(mx.array([[0, 1, 2]]), null);
    assert.deepEqual(picked.shape, [1, 3, 1, 4]);
    assert.equal(picked.dtype, mx.float16);
  });

  it('differentiates', () => {
    const gradient = mx.grad((x: any) => x.get(mx.array([0, 0, 2]), '1:').sum())(mx.zeros([3, 2]));
    assert.deepEqual(gradient.tolist(), parse('[[0,2],[0,0],[0,1]]'));
  });
});

describe('a.set', () => {
  const mask = mx.array([true, false, true]);
  const writes: [name: string, change: (a: any) => void, expected: unknown][] = [
    ['a[0] = 9', (a) => a.set(0, 9), [[9, 9, 9, 9], rows[1], rows[2]]],
    ['a[0, 1:3] = 9', (a) => a.set([0, '1:3'], 9), [[0, 9, 9, 3], rows[1], rows[2]]],
    [
      'a[:, 0] = array',
      (a) => a.set([':', 0], mx.array([7, 8, 9])),
      parse('[[7,1,2,3],[8,5,6,7],[9,9,10,11]]'),
    ],
    [
      'a[1] = typed array',
      (a) => a.set(1, new Float32Array([1.5, 2, 3, 4])),
      [rows[0], [1, 2, 3, 4], rows[2]],
    ],
    ['a[0] = 1.5', (a) => a.set(0, 1.5), [[1, 1, 1, 1], rows[1], rows[2]]],
    ['a[::-2] = 9', (a) => a.set('::-2', 9), [[9, 9, 9, 9], rows[1], [9, 9, 9, 9]]],
    ['a[[0, 2]] = 9', (a) => a.set([[0, 2]], 9), [[9, 9, 9, 9], rows[1], [9, 9, 9, 9]]],
    ['a[[0, 2], 1] = 9', (a) => a.set([[0, 2], 1], 9), [[0, 9, 2, 3], rows[1], [8, 9, 10, 11]]],
    [
      'a[array, 1:9] = array',
      (a) => a.set([mx.array([2]), '1:9'], mx.array([7, 8, 9])),
      [rows[0], rows[1], [8, 7, 8, 9]],
    ],
    ['a[mask] = 9', (a) => a.set(mask, 9), [[9, 9, 9, 9], rows[1], [9, 9, 9, 9]]],
    ['a[mask] = array', (a) => a.set(mask, mx.array([[1], [2]])), [[1, 1, 1, 1], rows[1], [2, 2, 2, 2]]],
    [
      'a[[True, False, True]] = 9',
      (a) => a.set([[true, false, true]], 9),
      [[9, 9, 9, 9], rows[1], [9, 9, 9, 9]],
    ],
    ['a[False] = 9', (a) => a.set(false, 9), rows],
    ['a[7] = 9 writes nothing', (a) => a.set(7, 9), rows],
    ['a[5:9, 0] = 9 writes nothing', (a) => a.set(['5:9', 0], 9), rows],
    ['a[array, 4:] = 9 writes nothing', (a) => a.set([mx.array([0]), '4:'], 9), rows],
    ['a.__setitem__((0, 0), 9)', (a) => a.__setitem__([0, 0], 9), [[9, 1, 2, 3], rows[1], rows[2]]],
  ];
  for (const [name, change, expected] of writes) {
    it(name, () => assert.deepEqual(written(change), expected));
  }

  it('keeps the dtype, except where the whole array is replaced', () => {
    const a = counted(2);
    a.set(':', 1.5);
    assert.equal(a.dtype, mx.int32);
    a.set('...', 1.5);
    assert.equal(a.dtype, mx.float32);
  });

  it('changes the array in place: every name for it sees the change', () => {
    const a = mx.zeros([2]);
    const same = a;
    const before = a.add(0);
    a.set(0, 1);
    assert.deepEqual(same.tolist(), [1, 0]);
    assert.deepEqual(before.tolist(), [0, 0]);
  });

  it('leaves the array alone if it throws', () => {
    const a = counted(3);
    assert.throws(() => a.set(0, mx.zeros([2])), mlx.ValueError);
    assert.deepEqual(a.tolist(), [0, 1, 2]);
  });
});

describe('a.at', () => {
  const a = mx.array([1, 2, 3]);
  const updates: [name: string, got: any, expected: number[]][] = [
    ['add', a.at(0).add(5), [6, 2, 3]],
    ['add by name', a.at(0).add({ value: 5 }), [6, 2, 3]],
    ['add of an object with __mlx_array__', a.at(0).add({ __mlx_array__: () => mx.array(5) }), [6, 2, 3]],
    ['add, twice to one element', a.at(mx.array([0, 0, 1])).add(1), [3, 3, 3]],
    ['add to everything', a.at('...').add(1), [2, 3, 4]],
    ['subtract', a.at('1:').subtract(mx.array([1, 2])), [1, 1, 1]],
    ['multiply', a.at([0, 2]).multiply(3), [3, 2, 9]],
    ['divide', mx.array([1, 2, 4]).astype(mx.float32).at('1:').divide(2), [1, 1, 2]],
    ['maximum', a.at('::2').maximum(2), [2, 2, 3]],
    ['minimum', a.at(-1).minimum(0), [1, 2, 0]],
  ];
  for (const [name, got, expected] of updates) {
    it(name, () => assert.deepEqual(got.tolist(), expected));
  }

  it('leaves the array unchanged', () => assert.deepEqual(a.tolist(), [1, 2, 3]));

  it('needs an index', () => assert.throws(() => a.at().add(1), mlx.ValueError));
  it('refuses a boolean mask', () => {
    assert.throws(() => a.at(mx.array([true, false, true])).add(1), mlx.ValueError);
  });
  it('refuses an unknown keyword', () => assert.throws(() => a.at(0).add({ v: 1 } as any), mlx.TypeError));
});

describe('wrong indices', () => {
  const a = counted(3, 4);
  const scalar = mx.array(5);
  const huge = 2n ** 70n;
  const wrong: [name: string, call: () => unknown, error: any][] = [
    ['a[True]', () => a.get(true), mlx.ValueError],
    ['a[mask]', () => a.get(mx.array([true, false, true])), mlx.ValueError],
    ['a[0, True]', () => a.get(0, true), mlx.ValueError],
    ['a[1.5]', () => a.get(1.5), mlx.ValueError],
    ['a[1.0]', () => a.get(mx.float(1)), mlx.ValueError],
    ['a["abc"]', () => a.get('abc'), mlx.ValueError],
    ['a[undefined]', () => a.get(undefined), mlx.ValueError],
    ['a[numpy array]', () => a.get(new Int32Array([0])), mlx.ValueError],
    ['a[[0.5]]', () => a.get([0.5]), mlx.ValueError],
    ['a[[None]]', () => a.get([null]), mlx.ValueError],
    ['a[..., ...]', () => a.get('...', '...'), mlx.ValueError],
    ['a[0, 0, 0]', () => a.get(0, 0, 0), mlx.ValueError],
    ['a[..., 0, 0, 0]', () => a.get('...', 0, 0, 0), mlx.ValueError],
    ['a[2**31]', () => a.get(2 ** 31), mlx.ValueError],
    ['a[2**70]', () => a.get(huge), mlx.RuntimeError],
    ['slice(0.5, None)', () => mx.slice_(0.5, null), mlx.ValueError],
    ['slice(2**31, None)', () => mx.slice_(2 ** 31, null), mlx.ValueError],
    ['slice(array, None)', () => mx.slice_(mx.array(1) as any, null), mlx.ValueError],
    ['a[::0]', () => a.get('::0'), mlx.ValueError],
    ['a[::0] = 1', () => a.set('::0', 1), mlx.ValueError],
    ['a[array, ::0] = 1', () => a.set([mx.array([0]), '::0'], 1), mlx.ValueError],
    ['scalar[0]', () => scalar.get(0), mlx.ValueError],
    ['scalar[:]', () => scalar.get(':'), mlx.ValueError],
    ['scalar[0] = 1', () => scalar.set(0, 1), mlx.ValueError],
    ['a[0] = None', () => a.set(0, null as any), mlx.TypeError],
    ['a[0] = list', () => a.set(0, [1, 2, 3, 4] as any), mlx.ValueError],
    ['a[0] = string', () => a.set(0, 'x' as any), mlx.ValueError],
    ['a[0] = 2**40', () => a.set(0, 2 ** 40), mlx.ValueError],
    ['a[mask] = nothing', () => a.set(mx.array([true, false, true]), mx.zeros([0, 4])), mlx.ValueError],
    ['a[mask of another shape] = 1', () => a.set(mx.array([true]), 1), mlx.ValueError],
    ['a[mask, 0] = 1', () => a.set([mx.array([true, false, true]), 0], 1), mlx.ValueError],
  ];
  for (const [name, call, error] of wrong) {
    it(name, () => assert.throws(call, error));
  }

  // MLX itself would read or write past the end of the memory here.
  const outside: [name: string, call: () => unknown][] = [
    ['a[3]', () => a.get(3)],
    ['a[-4]', () => a.get(-4)],
    ['a[2**31 - 1]', () => a.get(2 ** 31 - 1)],
    ['a[-2**31]', () => a.get(-(2 ** 31))],
    ['a[[0, 3]]', () => a.get([0, 3])],
    ['a[array([[100000000]])]', () => a.get(mx.array([[100000000]]))],
    ['a[array([-4])]', () => a.get(mx.array([-4]))],
    ['a[array, 9]', () => a.get(mx.array([0]), 9)],
    ['a[every second of an array]', () => a.get(evaluated(mx.array([0, 9, 9, 9]).get('::2')))],
    ['a[array([3])] = 1', () => a.set(mx.array([3]), 1)],
    ['a[array, -9] = 1', () => a.set([mx.array([0]), -9], 1)],
    ['a.at[[3]].add(1)', () => a.at([3]).add(1)],
  ];
  for (const [name, call] of outside) {
    it(`${name} is an IndexError`, () => {
      assert.throws(() => mx.eval(call()), mlx.IndexError);
      assert.deepEqual(a.tolist(), rows);
    });
  }

  it('names the index and the axis', () => {
    assert.throws(() => a.get(3), /Index 3 is out of bounds for an axis of size 3/);
  });

  it('refuses disposed arrays', () => {
    const gone = mx.array([0]);
    gone.dispose();
    assert.throws(() => a.get(gone), mlx.ValueError);
    assert.throws(() => gone.get(0), mlx.ValueError);
    assert.throws(() => gone.set(0, 1), mlx.ValueError);
    assert.throws(() => gone.at(0).add(1), mlx.ValueError);
  });
});

describe('slices', () => {
  it('print as in Python', () => {
    assert.equal(String(mx.slice_(1, null, -2)), 'slice(1, None, -2)');
    assert.equal(String(mx.slice_(3)), 'slice(None, 3, None)');
  });

  it('are immutable', () => assert.ok(Object.isFrozen(mx.slice_(1, 2))));

  it('in text keep their meaning when there are thousands', () => {
    const a = mx.arange(3000);
    for (let i = 0; i < 3000; i += 7) assert.equal(a.get(`${i}:`).size, 3000 - i);
  });
});

describe('user code that runs while an index is converted', () => {
  it('may index arrays itself', () => {
    const a = counted(3, 4);
    const list = [0, 0];
    Object.defineProperty(list, 1, { enumerable: true, get: () => counted(4).get('2:').get(0).item() });
    assert.deepEqual(a.get(1, list).tolist(), [4, 6]);
    const value = {
      __mlx_array__: () =>
        counted(9)
          .get(mx.array([5, 6]), null)
          .get(0, 0),
    };
    a.set([list, 1], value);
    assert.deepEqual(a.get(':', 1).tolist(), [5, 5, 5]);
  });
});
