// Transforms of transforms, in every order, against Python.
import assert from 'node:assert/strict';
import { core as mx } from 'mlx';
import { sameAsPython } from '../python';
import { leavesNothing, liveArrays, PYTHON_VALUES, values } from './values';

const { x, m, w } = values();
const f = (a: any) => mx.sin(a).multiply(mx.exp(a.multiply(0.5)));
const loss = (a: any) => f(a).sum();
const grad = mx.grad as (fun: any, argnums?: any) => any;

const PREAMBLE = `${PYTHON_VALUES}
def f(a):
    return mx.sin(a) * mx.exp(a * 0.5)
def loss(a):
    return f(a).sum()
def total(g):
    return lambda *args: g(*args).sum()
def doubled():
    d = mx.custom_function(lambda a: a * a)
    d.vjp(lambda p, c, o: c * p * 2 + o * 0)
    d.jvp(lambda p, t: 2 * p * t)
    d.vmap(lambda a, axis: (a * a, axis))
    return d
`;

const total =
  (g: (...args: any[]) => any) =>
  (...args: any[]) =>
    g(...args).sum();

function doubled(): any {
  return mx
    .custom_function((a: any) => a.multiply(a))
    .vjp((p: any, c: any, o: any) => c.multiply(p).multiply(2).add(o.multiply(0)))
    .jvp((p: any, t: any) => p.multiply(2).multiply(t))
    .vmap((a: any, axis: any) => [a.multiply(a), axis]);
}

describe('nested transforms', () => {
  leavesNothing();

  sameAsPython(PREAMBLE, {
    'second derivative': ['mx.grad(total(mx.grad(loss)))(x)', () => grad(total(grad(loss)))(x)],
    'third derivative': [
      'mx.grad(total(mx.grad(total(mx.grad(loss)))))(x)',
      () => grad(total(grad(total(grad(loss)))))(x),
    ],
    'fourth derivative': [
      'mx.grad(total(mx.grad(total(mx.grad(total(mx.grad(loss)))))))(x)',
      () => grad(total(grad(total(grad(total(grad(loss)))))))(x),
    ],
    'value and grad of value and grad': [
      'mx.value_and_grad(lambda a: (lambda v, g: v + (g * g).sum())(*mx.value_and_grad(loss)(a)))(x)',
      () =>
        mx.value_and_grad((a: any) => {
          const [v, g] = mx.value_and_grad(loss)(a);
          return v.add(g.multiply(g).sum());
        })(x),
    ],
    'grad of jvp': [
      'mx.grad(lambda a: mx.jvp(f, [a], [x])[1][0].sum())(x)',
      () => grad((a: any) => mx.jvp(f, [a], [x])[1][0]!.sum())(x),
    ],
    'grad of vjp': [
      'mx.grad(lambda a: mx.vjp(f, [a], [x])[1][0].sum())(x)',
      () => grad((a: any) => mx.vjp(f, [a], [x])[1][0]!.sum())(x),
    ],
    'jvp of grad': ['mx.jvp(mx.grad(loss), [x], [x])', () => mx.jvp(grad(loss), [x], [x])],
    'vjp of grad': ['mx.vjp(mx.grad(loss), [x], [x])', () => mx.vjp(grad(loss), [x], [x])],
    'jvp of jvp': [
      'mx.jvp(lambda a: mx.jvp(f, [a], [x])[1], [x], [x])',
      () => mx.jvp((a: any) => mx.jvp(f, [a], [x])[1], [x], [x]),
    ],
    'vjp of vjp': [
      'mx.vjp(lambda a: mx.vjp(f, [a], [x])[1], [x], [x])',
      () => mx.vjp((a: any) => mx.vjp(f, [a], [x])[1], [x], [x]),
    ],
    'vmap of grad': ['mx.vmap(mx.grad(loss))(m)', () => mx.vmap(grad(loss))(m)],
    'vmap of grad by several': [
      'mx.vmap(mx.grad(lambda a, b: (a @ b).sum(), [0, 1]), (0, None))(m, w)',
      () =>
        mx.vmap(
          grad((a: any, b: any) => a.matmul(b).sum(), [0, 1]),
          [0, null],
        )(m, w),
    ],
    'vmap of value and grad of a tree': [
      'mx.vmap(mx.value_and_grad(lambda p: (p["a"] * p["b"][0]).sum()))({"a": m, "b": [m + 1]})',
      () => mx.vmap(mx.value_and_grad((p: any) => p.a.multiply(p.b[0]).sum()))({ a: m, b: [m.add(1)] }),
    ],
    'grad of vmap': [
      'mx.grad(total(mx.vmap(lambda a, b: a @ b, (0, None))), 1)(m, w)',
      () => grad(total(mx.vmap((a: any, b: any) => a.matmul(b), [0, null])), 1)(m, w),
    ],
    'vmap of vmap of grad': [
      'mx.vmap(mx.vmap(mx.grad(lambda a: mx.sin(a) * a)))(m)',
      () => mx.vmap(mx.vmap(grad((a: any) => mx.sin(a).multiply(a))))(m),
    ],
    'Hessian: vmap of a product with grad': [
      'mx.vmap(lambda t: mx.jvp(mx.grad(loss), [x], [t])[1][0])(mx.eye(3))',
      () => mx.vmap((t: any) => mx.jvp(grad(loss), [x], [t])[1][0])(mx.eye(3)),
    ],
    'compile of grad': ['mx.compile(mx.grad(loss))(x)', () => mx.compile(grad(loss))(x)],
    'compile of value and grad of a tree': [
      'mx.compile(mx.value_and_grad(lambda p, a: ((a @ p["w"]) ** 2).mean()))({"w": w}, m)',
      () => mx.compile(mx.value_and_grad((p: any, a: any) => a.matmul(p.w).power(2).mean()))({ w }, m),
    ],
    'grad of compile': ['mx.grad(mx.compile(loss))(x)', () => grad(mx.compile(loss))(x)],
    'second derivative of compile': [
      'mx.grad(total(mx.grad(mx.compile(loss))))(x)',
      () => grad(total(grad(mx.compile(loss))))(x),
    ],
    'compile of the third derivative': [
      'mx.compile(mx.grad(total(mx.grad(total(mx.grad(loss))))))(x)',
      () => mx.compile(grad(total(grad(total(grad(loss))))))(x),
    ],
    'compile of vmap': ['mx.compile(mx.vmap(f))(m)', () => mx.compile(mx.vmap(f))(m)],
    'vmap of compile': ['mx.vmap(mx.compile(f))(m)', () => mx.vmap(mx.compile(f))(m)],
    'compile of vmap of grad': [
      'mx.compile(mx.vmap(mx.grad(loss)))(m)',
      () => mx.compile(mx.vmap(grad(loss)))(m),
    ],
    'compile of compile': [
      'mx.compile(lambda a: mx.compile(f)(a) + a)(x)',
      () => mx.compile((a: any) => mx.compile(f)(a).add(a))(x),
    ],
    'shapeless compile of grad': [
      'mx.compile(mx.grad(loss), shapeless=True)(x)',
      () => mx.compile(grad(loss), { shapeless: true })(x),
    ],
    'jvp of compile': ['mx.jvp(mx.compile(f), [x], [x])', () => mx.jvp(mx.compile(f), [x], [x])],
    'checkpoint in compile': [
      'mx.compile(mx.grad(total(mx.checkpoint(f))))(x)',
      () => mx.compile(grad(total(mx.checkpoint(f))))(x),
    ],
    'compile in checkpoint': [
      'mx.grad(total(mx.checkpoint(mx.compile(f))))(x)',
      () => grad(total(mx.checkpoint(mx.compile(f))))(x),
    ],
    'checkpoint of checkpoint': [
      'mx.grad(total(mx.checkpoint(lambda a: mx.checkpoint(f)(a) * a)))(x)',
      () => grad(total(mx.checkpoint((a: any) => mx.checkpoint(f)(a).multiply(a))))(x),
    ],
    'second derivative of checkpoint': [
      'mx.grad(total(mx.grad(total(mx.checkpoint(f)))))(x)',
      () => grad(total(grad(total(mx.checkpoint(f)))))(x),
    ],
    'vmap of checkpoint': ['mx.vmap(mx.checkpoint(f))(m)', () => mx.vmap(mx.checkpoint(f))(m)],
    'grad of a custom function': ['mx.grad(total(doubled()))(x)', () => grad(total(doubled()))(x)],
    'second derivative of a custom function': [
      'mx.grad(total(mx.grad(total(doubled()))))(x)',
      () => grad(total(grad(total(doubled()))))(x),
    ],
    'compile of a custom function': [
      'mx.compile(lambda a: doubled()(a) + 1)(x)',
      () => mx.compile((a: any) => doubled()(a).add(1))(x),
    ],
    'compile of grad of a custom function': [
      'mx.compile(mx.grad(total(doubled())))(x)',
      () => mx.compile(grad(total(doubled())))(x),
    ],
    'vmap of a custom function': ['mx.vmap(doubled())(m)', () => mx.vmap(doubled())(m)],
    'vmap of grad of a custom function': [
      'mx.vmap(mx.grad(total(doubled())))(m)',
      () => mx.vmap(grad(total(doubled())))(m),
    ],
    'jvp of a custom function': ['mx.jvp(doubled(), [x], [x])', () => mx.jvp(doubled(), [x], [x])],
    'jvp of vmap of a custom function': [
      'mx.jvp(mx.vmap(doubled()), [m], [m])',
      () => mx.jvp(mx.vmap(doubled()), [m], [m]),
    ],
    'checkpoint of a custom function': [
      'mx.grad(total(mx.checkpoint(doubled())))(x)',
      () => grad(total(mx.checkpoint(doubled())))(x),
    ],
    'stopped gradients inside': [
      'mx.grad(total(mx.grad(lambda a: (mx.stop_gradient(a) * a * a).sum())))(x)',
      () => grad(total(grad((a: any) => mx.stop_gradient(a).multiply(a).multiply(a).sum())))(x),
    ],
    'and errors: evaluating inside compile inside grad': [
      'mx.grad(mx.compile(lambda a: a.sum() * a.sum().item()))(x)',
      () => grad(mx.compile((a: any) => a.sum().multiply(a.sum().item())))(x),
    ],
    'and errors: evaluating inside vmap inside grad': [
      'mx.grad(total(mx.vmap(lambda a: a * a.item())))(x)',
      () => grad(total(mx.vmap((a: any) => a.multiply(a.item()))))(x),
    ],
  });

  it('pass errors through all of them', () => {
    const mine = new RangeError('mine');
    const boom = () => {
      throw mine;
    };
    const nested = mx.compile(mx.vmap(grad(total(mx.checkpoint(mx.compile(boom))))));
    assert.throws(
      () => nested(m),
      (error) => error === mine,
    );
    assert.throws(
      () => grad(total(mx.vmap(mx.custom_function(mx.sin).vmap(boom))))(x),
      (error) => error === mine,
    );
    assert.deepEqual(mx.compile(mx.vmap(grad(loss)))(m).shape, [2, 3]);
  });

  it('leave no arrays after thousands of calls', () => {
    const functions = [
      grad(total(grad(loss))),
      mx.compile(grad(loss)),
      grad(total(mx.checkpoint(f))),
      grad(total(doubled())),
      mx.vmap(grad(loss)),
    ];
    const call = () => mx.eval(functions.map((g, i) => g(i === 4 ? m : x)));
    call();
    const live = liveArrays();
    for (let i = 0; i < 1000; i++) call();
    assert.ok(liveArrays() <= live, `${liveArrays()} arrays live, ${live} before`);
  });
});
