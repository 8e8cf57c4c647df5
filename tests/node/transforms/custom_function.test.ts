// custom_function and checkpoint: rules, trees, what rules may return, life.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { bits, sameAsPython } from '../python';
import { fails, leavesNothing, PYTHON_VALUES, values } from './values';

const { x, y, m } = values();

describe('custom_function', () => {
  leavesNothing();

  describe('gives what Python gives', () => {
    sameAsPython(
      `${PYTHON_VALUES}
def custom(f, **rules):
    c = mx.custom_function(f)
    for name, rule in rules.items():
        getattr(c, name)(rule)
    return c
`,
      {
        'without rules': [
          'custom(lambda a: a * 2)(x)',
          () => mx.custom_function((a: any) => a.multiply(2))(x),
        ],
        'called with rules': [
          'custom(lambda a: a * 2, vjp=lambda p, c, o: c)(x)',
          () => mx.custom_function((a: any) => a.multiply(2)).vjp((_: any, c: any) => c)(x),
        ],
        'with a vjp of one input': [
          'mx.grad(lambda a: custom(mx.sin, vjp=lambda p, c, o: c * p + o)(a).sum())(x)',
          () =>
            mx.grad((a: any) =>
              mx
                .custom_function(mx.sin)
                .vjp((p: any, c: any, o: any) => c.multiply(p).add(o))(a)
                .sum(),
            )(x),
        ],
        'with a vjp of several inputs and outputs': [
          `
def rule(primals, cotangents, outputs):
    a, b = primals
    return cotangents[0] * b + cotangents[1], outputs[0] * a
f = custom(lambda a, b: [a * b, a + b], vjp=rule)
return mx.vjp(f, [x, y], [x, y])`,
          () => {
            const f = mx
              .custom_function((a: any, b: any) => [a.multiply(b), a.add(b)])
              .vjp(([a, b]: any, [c, d]: any, outputs: any) => [
                c.multiply(b).add(d),
                outputs[0].multiply(a),
              ]);
            return mx.vjp(f, [x, y], [x, y]);
          },
        ],
        'with a vjp of trees': [
          `
def rule(p, c, o):
    return {"a": c["k"] * p["b"], "b": o["k"]}
f = custom(lambda p: {"k": p["a"] * p["b"]}, vjp=rule)
return mx.grad(lambda p: f(p)["k"].sum())({"a": x, "b": y})`,
          () => {
            const f = mx
              .custom_function((p: any) => ({ k: p.a.multiply(p.b) }))
              .vjp((p: any, c: any, o: any) => ({ a: c.k.multiply(p.b), b: o.k }));
            return mx.grad((p: any) => f(p).k.sum())({ a: x, b: y });
          },
        ],
        'with constants among the arguments': [
          'mx.grad(lambda a: custom(lambda a, n: a * n, vjp=lambda p, c, o: [c * p[1] * 10])(a, 3).sum())(x)',
          () =>
            mx.grad((a: any) =>
              mx
                .custom_function((a: any, n: number) => a.multiply(n))
                .vjp((p: any, c: any) => [c.multiply(p[1]).multiply(10)])(a, 3)
                .sum(),
            )(x),
        ],
        'with a jvp': [
          'mx.jvp(custom(mx.sin, jvp=lambda p, t: p * t), [x], [y])',
          () =>
            mx.jvp(
              mx.custom_function(mx.sin).jvp((p: any, t: any) => p.multiply(t)),
              [x],
              [y],
            ),
        ],
        'with a jvp of several inputs, not all of which vary': [
          `
seen = []
def rule(primals, tangents):
    seen.append([t is None for t in tangents])
    return primals[1] * tangents[0]
f = custom(lambda a, b: a * b, jvp=rule)
out = mx.jvp(lambda a: f(a, y), [x], [x])
return [out, seen]`,
          () => {
            const seen: any[] = [];
            const f = mx
              .custom_function((a: any, b: any) => a.multiply(b))
              .jvp(([, b]: any, tangents: any) => {
                seen.push(tangents.map((t: any) => t === null));
                return b.multiply(tangents[0]);
              });
            return [mx.jvp((a: any) => f(a, y), [x], [x]), seen];
          },
        ],
        'with a vmap': [
          'mx.vmap(custom(mx.sin, vmap=lambda a, ax: (a * 10, ax)))(m)',
          () => mx.vmap(mx.custom_function(mx.sin).vmap((a: any, axis: any) => [a.multiply(10), axis]))(m),
        ],
        'with a vmap of several inputs': [
          `
seen = []
def rule(inputs, axes):
    seen.append(list(axes))
    return inputs[0] + inputs[1], 0
f = custom(lambda a, b: a + b, vmap=rule)
return [mx.vmap(f, (0, None))(m, x), seen]`,
          () => {
            const seen: any[] = [];
            const f = mx
              .custom_function((a: any, b: any) => a.add(b))
              .vmap(([a, b]: any, axes: any) => {
                seen.push(axes);
                return [a.add(b), 0];
              });
            return [mx.vmap(f, [0, null])(m, x), seen];
          },
        ],
        'with default transforms for the rest': [
          'mx.vmap(custom(mx.sin, vjp=lambda p, c, o: c))(m)',
          () => mx.vmap(mx.custom_function(mx.sin).vjp((_: any, c: any) => c))(m),
        ],
        'with captured arrays as constants': [
          'mx.grad(lambda a, b: custom(lambda a: a * b, vjp=lambda p, c, o: c)(a).sum(), 1)(x, y)',
          () =>
            mx.grad(
              (a: any, b: any) =>
                mx
                  .custom_function((a: any) => a.multiply(b))
                  .vjp((_: any, c: any) => c)(a)
                  .sum(),
              1,
            )(x, y),
        ],
        'and errors: a vmap rule that returns one array': [
          'mx.vmap(custom(mx.sin, vmap=lambda a, ax: a))(m)',
          () => mx.vmap(mx.custom_function(mx.sin).vmap((a: any) => a))(m),
        ],
        'and errors: a text as axis': [
          'mx.vmap(custom(mx.sin, vmap=lambda a, ax: (a, "x")))(m)',
          () => mx.vmap(mx.custom_function(mx.sin).vmap((a: any) => [a, 'x']))(m),
        ],
        'and errors: an axis too far': [
          'mx.vmap(custom(mx.sin, vmap=lambda a, ax: (a, 7)))(m)',
          () => mx.vmap(mx.custom_function(mx.sin).vmap((a: any) => [a, 7]))(m),
        ],
        'and errors: a number as result': [
          'custom(lambda a: 3, vjp=lambda p, c, o: c)(x)',
          () => mx.custom_function(() => 3).vjp((_: any, c: any) => c)(x),
        ],
        'and errors: no function': ['mx.custom_function(3)', () => mx.custom_function(3 as any)],
        'and errors: a number as rule': [
          'mx.custom_function(mx.sin).vjp(3)',
          () => mx.custom_function(mx.sin).vjp(3 as any),
        ],
      },
    );
  });

  it('sets rules one by one, and each returns the function', () => {
    const f = mx.custom_function((a: any) => a.multiply(2));
    assert.equal(
      f.vjp((_: any, c: any) => c.multiply(100)),
      f,
    );
    assert.equal(
      f.jvp((_: any, t: any) => t.multiply(200)),
      f,
    );
    assert.equal(
      f.vmap((a: any, axis: any) => [a.multiply(300), axis]),
      f,
    );
    assert.deepEqual(
      mx
        .grad((a: any) => f(a).sum())(x)
        .tolist(),
      [100, 100, 100],
    );
    assert.deepEqual(mx.jvp(f, [x], [mx.ones([3])])[1][0]!.tolist(), [200, 200, 200]);
    assert.deepEqual(mx.vmap(f)(x).tolist(), [150, -300, 600]);
  });

  it('refuses rules that return another number of arrays than MLX reads', () => {
    const count = /must return one array for each of the/;
    for (const result of [[], null, [x, x]]) {
      fails(
        () =>
          mx.grad((a: any) =>
            mx
              .custom_function(mx.sin)
              .vjp(() => result)(a)
              .sum(),
          )(x),
        mlx.ValueError,
        count,
      );
      fails(
        () =>
          mx.jvp(
            mx.custom_function(mx.sin).jvp(() => result),
            [x],
            [x],
          ),
        mlx.ValueError,
        count,
      );
    }
    fails(() => mx.vmap(mx.custom_function(mx.sin).vmap(() => [[], []]))(x), mlx.ValueError, count);
    fails(
      () =>
        mx.vmap(
          mx.custom_function(mx.sin).vmap((a: any) => [
            [a, a],
            [0, 0],
          ]),
        )(x),
      mlx.ValueError,
      count,
    );
    // Python crashes.
    fails(
      () => mx.custom_function(() => []).vjp(() => null)(x),
      mlx.ValueError,
      /must return at least one array/,
    );
  });

  it('passes what rules throw', () => {
    const mine = new RangeError('mine');
    const boom = () => {
      throw mine;
    };
    assert.throws(
      () => mx.grad((a: any) => mx.custom_function(mx.sin).vjp(boom)(a).sum())(x),
      (error) => error === mine,
    );
    assert.throws(
      () => mx.jvp(mx.custom_function(mx.sin).jvp(boom), [x], [x]),
      (error) => error === mine,
    );
    assert.throws(
      () => mx.vmap(mx.custom_function(mx.sin).vmap(boom))(x),
      (error) => error === mine,
    );
    assert.throws(
      () => mx.custom_function(boom).vjp(boom)(x),
      (error) => error === mine,
    );
  });

  it('lets rules be differentiated too', () => {
    const cube = mx
      .custom_function((a: any) => a.multiply(a).multiply(a))
      .vjp((a: any, c: any) => c.multiply(a).multiply(a).multiply(3));
    const first = mx.grad((a: any) => cube(a).sum());
    const second = mx.grad((a: any) => first(a).sum());
    const third = mx.grad((a: any) => second(a).sum());
    assert.deepEqual(second(x).tolist(), [3, -6, 12]);
    assert.deepEqual(third(x).tolist(), [6, 6, 6]);
  });
});

describe('checkpoint', () => {
  leavesNothing();

  sameAsPython(PYTHON_VALUES, {
    'returns what the function returns': [
      'mx.checkpoint(lambda a: {"k": a * 2, "n": 3})(x)',
      () => mx.checkpoint((a: any) => ({ k: a.multiply(2), n: 3 }))(x),
    ],
    'takes trees, constants and keywords': [
      'mx.checkpoint(lambda p, n, *, k: p["a"] * n + k)({"a": x}, 2, k=y)',
      () => mx.checkpoint((p: any, n: number, { k }: any) => p.a.multiply(n).add(k))({ a: x }, 2, { k: y }),
    ],
    'has the gradient of the function': [
      'mx.grad(lambda a: mx.checkpoint(lambda a: mx.exp(mx.sin(a)))(a).sum())(x)',
      () =>
        mx.grad((a: any) =>
          mx
            .checkpoint((a: any) => mx.exp(mx.sin(a)))(a)
            .sum(),
        )(x),
    ],
    'by several arguments': [
      'mx.grad(mx.checkpoint(lambda a, b: (mx.tanh(a) * b).sum()), [0, 1])(x, y)',
      () =>
        mx.grad(
          mx.checkpoint((a: any, b: any) => mx.tanh(a).multiply(b).sum()),
          [0, 1],
        )(x, y),
    ],
    'takes no arguments': ['mx.checkpoint(lambda: x * 2)()', () => mx.checkpoint(() => x.multiply(2))()],
    'refuses what is no function': ['mx.checkpoint(3)', () => mx.checkpoint(3 as any)],
  });

  it('refuses functions without arrays in their result', () => {
    // Python crashes.
    for (const result of [5, null, [], { a: 1 }])
      fails(() => mx.checkpoint(() => result)(x), mlx.ValueError, /must return at least one array/);
  });

  it('calls the function again for the gradient', () => {
    let calls = 0;
    const f = mx.checkpoint((a: any) => {
      calls++;
      return mx.exp(a);
    });
    assert.deepEqual(bits(mx.grad((a: any) => f(a).sum())(x)), bits(mx.exp(x)));
    assert.equal(calls, 2);
  });

  it('passes what the function throws', () => {
    const mine = new RangeError('mine');
    assert.throws(
      () =>
        mx.checkpoint(() => {
          throw mine;
        })(x),
      (error) => error === mine,
    );
    let calls = 0;
    const second = mx.checkpoint((a: any) => {
      if (++calls === 2) throw mine;
      return mx.exp(a);
    });
    assert.throws(
      () => mx.grad((a: any) => second(a).sum())(x),
      (error) => error === mine,
    );
  });
});
