// jvp and vjp: products with the Jacobian.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { sameAsPython } from '../python';
import { fails, leavesNothing, PYTHON_VALUES, values } from './values';

const { x, y, m, w } = values();

describe('jvp and vjp', () => {
  leavesNothing();

  sameAsPython(PYTHON_VALUES, {
    'jvp of one input': ['mx.jvp(mx.sin, [x], [y])', () => mx.jvp(mx.sin, [x], [y])],
    'jvp of several': [
      'mx.jvp(lambda a, b: [a @ b, a * 2], [m, w], [m + 1, w])',
      () => mx.jvp((a: any, b: any) => [a.matmul(b), a.multiply(2)], [m, w], [m.add(1), w]),
    ],
    'jvp of integers': [
      'mx.jvp(lambda a: a * 2, [mx.array([1, 2])], [mx.array([3, 4])])',
      () => mx.jvp((a: any) => a.multiply(2), [mx.array([1, 2])], [mx.array([3, 4])]),
    ],
    'jvp of what does not depend on it': [
      'mx.jvp(lambda a: y * 2, [x], [x])',
      () => mx.jvp(() => y.multiply(2), [x], [x]),
    ],
    'vjp of one output': ['mx.vjp(mx.sin, [x], [y])', () => mx.vjp(mx.sin, [x], [y])],
    'vjp of several': [
      'mx.vjp(lambda a, b: [a @ b, a * 2], [m, w], [mx.ones((2, 4)), m])',
      () => mx.vjp((a: any, b: any) => [a.matmul(b), a.multiply(2)], [m, w], [mx.ones([2, 4]), m]),
    ],
    'vjp of a tuple': [
      'mx.vjp(lambda a: (a, a * a), (x,), (y, y))',
      () => mx.vjp((a: any) => [a, a.multiply(a)], [x], [y, y]),
    ],
    'vjp of what does not depend on it': [
      'mx.vjp(lambda a: y * 2, [x], [x])',
      () => mx.vjp(() => y.multiply(2), [x], [x]),
    ],
    'vjp by reductions': [
      'mx.vjp(lambda a: [a.max(0), mx.logsumexp(a, 1), mx.softmax(a, -1)], [m], [mx.ones((3,)), mx.ones((2,)), m])',
      () =>
        mx.vjp(
          (a: any) => [a.max(0), mx.logsumexp(a, 1), mx.softmax(a, -1)],
          [m],
          [mx.ones([3]), mx.ones([2]), m],
        ),
    ],
    'jvp with too few tangents': ['mx.jvp(mx.sin, [x], [])', () => mx.jvp(mx.sin, [x], [])],
    'jvp with a tangent of another shape': ['mx.jvp(mx.sin, [x], [m])', () => mx.jvp(mx.sin, [x], [m])],
    'vjp with too few cotangents': ['mx.vjp(mx.sin, [x], [])', () => mx.vjp(mx.sin, [x], [])],
    'vjp with too many cotangents': ['mx.vjp(mx.sin, [x], [x, x])', () => mx.vjp(mx.sin, [x], [x, x])],
    'vjp with a cotangent of another shape': ['mx.vjp(mx.sin, [x], [m])', () => mx.vjp(mx.sin, [x], [m])],
    'jvp without a list': ['mx.jvp(mx.sin, 3, [x])', () => mx.jvp(mx.sin, 3 as any, [x])],
    'vjp of a number in the list': ['mx.vjp(mx.sin, [3], [x])', () => mx.vjp(mx.sin, [3] as any, [x])],
    'vjp without a function': ['mx.vjp(3, [x], [x])', () => mx.vjp(3 as any, [x], [x])],
    'jvp by an unknown keyword': [
      'mx.jvp(mx.sin, [x], bogus=[x])',
      () => mx.jvp(mx.sin, [x], { bogus: [x] } as any),
    ],
    'vjp by names': [
      'mx.vjp(mx.sin, primals=[x], cotangents=[y])',
      () => mx.vjp(mx.sin, { primals: [x], cotangents: [y] } as any),
    ],
  });

  it('refuse functions that return something else', () => {
    for (const result of [3, null, { a: x }, [[x]], ['x']]) {
      fails(
        () => mx.jvp(() => result as any, [x], [x]),
        mlx.TypeError,
        /must return an array or a list of arrays/,
      );
      fails(
        () => mx.vjp(() => result as any, [x], [x]),
        mlx.TypeError,
        /must return an array or a list of arrays/,
      );
    }
  });

  it('pass what the function throws', () => {
    const mine = new RangeError('mine');
    const boom = () => {
      throw mine;
    };
    assert.throws(
      () => mx.jvp(boom, [x], [x]),
      (error) => error === mine,
    );
    assert.throws(
      () => mx.vjp(boom, [x], [x]),
      (error) => error === mine,
    );
  });
});
