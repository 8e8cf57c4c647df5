// vmap: axes of inputs and outputs, trees, errors.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { bits, sameAsPython } from '../python';
import { fails, leavesNothing, PYTHON_VALUES, values } from './values';

const { x, y, m, w } = values();
const add = (a: any, b: any) => a.add(b);

describe('vmap', () => {
  leavesNothing();

  sameAsPython(
    `${PYTHON_VALUES}
add = lambda a, b: a + b
`,
    {
      'over the first axis': ['mx.vmap(mx.sin)(m)', () => mx.vmap(mx.sin)(m)],
      'over several inputs': ['mx.vmap(add)(m, m * 2)', () => mx.vmap(add)(m, m.multiply(2))],
      'over another axis': [
        'mx.vmap(lambda a: a.sum(), in_axes=1)(m)',
        () => mx.vmap((a: any) => a.sum(), { in_axes: 1 })(m),
      ],
      'over an axis from the end': [
        'mx.vmap(lambda a: a.sum(), -1)(m)',
        () => mx.vmap((a: any) => a.sum(), -1)(m),
      ],
      'with one input for all': [
        'mx.vmap(add, in_axes=(0, None))(m, x)',
        () => mx.vmap(add, [0, null])(m, x),
      ],
      'with an axis for each input': [
        'mx.vmap(add, in_axes=(0, 1))(m, m.T)',
        () => mx.vmap(add, [0, 1])(m, m.T),
      ],
      'with matrices': [
        'mx.vmap(lambda a, b: a @ b, (0, None))(m, w)',
        () => mx.vmap((a: any, b: any) => a.matmul(b), [0, null])(m, w),
      ],
      'to another axis': ['mx.vmap(mx.exp, 0, 1)(m)', () => mx.vmap(mx.exp, 0, 1)(m)],
      'to an axis from the end': [
        'mx.vmap(mx.exp, out_axes=-1)(m)',
        () => mx.vmap(mx.exp, { out_axes: -1 })(m),
      ],
      'to an axis for each output': [
        'mx.vmap(lambda a: (a, a.sum()), 0, (1, 0))(m)',
        () => mx.vmap((a: any) => [a, a.sum()], 0, [1, 0])(m),
      ],
      'of a list': [
        'mx.vmap(lambda p: p[0] + p[1])([m, m])',
        () => mx.vmap((p: any) => p[0].add(p[1]))([m, m]),
      ],
      'of a list with its axes': [
        'mx.vmap(lambda p, q: p[0] + p[1] + q, ([0, 1], None))([m, m.T], x)',
        () => mx.vmap((p: any, q: any) => p[0].add(p[1]).add(q), [[0, 1], null])([m, m.T], x),
      ],
      'of a dictionary': [
        'mx.vmap(lambda p: p["a"] * p["b"])({"a": m, "b": m})',
        () => mx.vmap((p: any) => p.a.multiply(p.b))({ a: m, b: m }),
      ],
      'of a dictionary with its axes': [
        'mx.vmap(lambda p: p["a"] * p["b"], {"a": 0, "b": None})({"a": m, "b": x})',
        () => mx.vmap((p: any) => p.a.multiply(p.b), { a: 0, b: null })({ a: m, b: x }),
      ],
      'of a Map with its axes': [
        'mx.vmap(lambda p, q: p["a"] * q, ({"a": 1}, None))({"a": m}, mx.ones((2,)))',
        () =>
          mx.vmap((p: any, q: any) => p.get('a').multiply(q), [new Map([['a', 1]]), null])(
            new Map([['a', m]]),
            mx.ones([2]),
          ),
      ],
      'to a dictionary with its axes': [
        'mx.vmap(lambda a: {"k": a + 1, "l": [a]}, 0, {"k": 1, "l": [0]})(m)',
        () => mx.vmap((a: any) => ({ k: a.add(1), l: [a] }), 0, { k: 1, l: [0] })(m),
      ],
      'of constants': [
        'mx.vmap(lambda a: mx.array([1.0, 2.0]))(m)',
        () => mx.vmap(() => mx.array([1, 2], mx.float32))(m),
      ],
      'of nothing': ['mx.vmap(lambda a: [])(m)', () => mx.vmap(() => [])(m)],
      'of reductions and sorting': [
        'mx.vmap(lambda a: [a.sum(), mx.sort(a), mx.argmax(a), mx.cumsum(a), mx.softmax(a)])(m)',
        () => mx.vmap((a: any) => [a.sum(), mx.sort(a), mx.argmax(a), mx.cumsum(a), mx.softmax(a)])(m),
      ],
      'of indexing': [
        'mx.vmap(lambda a, i: a[i], (0, 0))(m, mx.array([2, 0]))',
        () => mx.vmap((a: any, i: any) => a.get(i), [0, 0])(m, mx.array([2, 0])),
      ],
      'of random keys': [
        'mx.vmap(lambda k: mx.random.uniform(shape=(2,), key=k))(mx.random.split(mx.random.key(1), 3))',
        () =>
          mx.vmap((k: any) => mx.random.uniform({ shape: [2], key: k }))(
            mx.random.split(mx.random.key(1), 3),
          ),
      ],
      'of itself': [
        'mx.vmap(mx.vmap(add, (0, None)), (None, 0))(x, y)',
        () => mx.vmap(mx.vmap(add, [0, null]), [null, 0])(x, y),
      ],
      'and errors: an axis too far': ['mx.vmap(mx.exp, 2)(m)', () => mx.vmap(mx.exp, 2)(m)],
      'and errors: an axis too far back': ['mx.vmap(mx.exp, -3)(m)', () => mx.vmap(mx.exp, -3)(m)],
      'and errors: an output axis too far': ['mx.vmap(mx.exp, 0, 2)(m)', () => mx.vmap(mx.exp, 0, 2)(m)],
      'and errors: a scalar': [
        'mx.vmap(mx.exp)(mx.array(1.0))',
        () => mx.vmap(mx.exp)(mx.array(1, mx.float32)),
      ],
      'and errors: different sizes': ['mx.vmap(add)(x, mx.ones((4,)))', () => mx.vmap(add)(x, mx.ones([4]))],
      'and errors: no axis at all': [
        'mx.vmap(add, (None, None))(x, y)',
        () => mx.vmap(add, [null, null])(x, y),
      ],
      'and errors: None for all': ['mx.vmap(mx.exp, None)(x)', () => mx.vmap(mx.exp, null as any)(x)],
      'and errors: None for all outputs': [
        'mx.vmap(mx.exp, 0, None)(x)',
        () => mx.vmap(mx.exp, 0, null as any)(x),
      ],
      'and errors: a float as axis': ['mx.vmap(mx.exp, 0.5)(x)', () => mx.vmap(mx.exp, 0.5)(x)],
      'and errors: a text as axis': ['mx.vmap(mx.exp, "x")(x)', () => mx.vmap(mx.exp, 'x' as any)(x)],
      'and errors: too few axes': ['mx.vmap(add, (0,))(x, y)', () => mx.vmap(add, [0])(x, y)],
      'and errors: a key too few': [
        'mx.vmap(lambda p: p["a"], {"b": 0})({"a": x})',
        () => mx.vmap((p: any) => p.a, { b: 0 })({ a: x }),
      ],
      'and errors: a number as argument': ['mx.vmap(mx.exp)(1.0)', () => mx.vmap(mx.exp)(1)],
      'and errors: null in the tree': [
        'mx.vmap(lambda p: p[0])([x, None])',
        () => mx.vmap((p: any) => p[0])([x, null]),
      ],
      'and errors: a number as result': ['mx.vmap(lambda a: 1.0)(x)', () => mx.vmap(() => 1)(x)],
      'and errors: an evaluation inside': [
        'mx.vmap(lambda a: a * a.item())(x)',
        () => mx.vmap((a: any) => a.multiply(a.item()))(x),
      ],
      'and errors: no function': ['mx.vmap(3)', () => mx.vmap(3 as any)],
      'and errors: no arguments': ['mx.vmap(lambda: x)()', () => mx.vmap(() => x)()],
    },
  );

  it('passes what the function throws', () => {
    const mine = new RangeError('mine');
    assert.throws(
      () =>
        mx.vmap(() => {
          throw mine;
        })(x),
      (error) => error === mine,
    );
    assert.deepEqual(bits(mx.vmap(mx.exp)(m)), bits(mx.exp(m)));
  });

  it('says what is wrong', () => {
    fails(
      () => mx.vmap(mx.exp, 5)(m),
      mlx.IndexError,
      /\[vmap\] Invalid vectorization axis 5 for array with shape \(2,3\)/,
    );
    fails(() => mx.vmap(mx.exp, { bogus: 1, in_axes: 0 } as any), mlx.TypeError, /unknown keyword 'bogus'/);
    fails(() => mx.vmap(mx.exp, null as any), mlx.TypeError, /in_axes/);
  });

  it('keeps its tracers inside', () => {
    let leaked: any;
    mx.vmap((a: any) => {
      leaked = a;
      return a;
    })(x);
    fails(
      () => leaked.tolist(),
      mlx.RuntimeError,
      /\[eval\] Attempting to eval an array without a primitive/,
    );
  });
});
