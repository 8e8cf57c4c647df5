// grad and value_and_grad: which arguments, trees, what the function changes in its containers, errors.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { bits, sameAsPython } from '../python';
import { fails, leavesNothing, PYTHON_VALUES, values } from './values';

const { x, y, m } = values();
const sum = (...args: any[]) => args.reduce((a, b) => a.multiply(b)).sum();

describe('grad', () => {
  leavesNothing();

  describe('gives what Python gives', () => {
    sameAsPython(
      `${PYTHON_VALUES}
def product(*args):
    out = args[0]
    for a in args[1:]:
        out = out * a
    return out.sum()
def by_name(a, *, b):
    return (a * b * b).sum()
`,
      {
        'by the first argument': ['mx.grad(product)(x, y)', () => mx.grad(sum)(x, y)],
        'by another one': ['mx.grad(product, argnums=1)(x, y)', () => mx.grad(sum, 1)(x, y)],
        'by an argument named in the options': [
          'mx.grad(product, argnums=1)(x, y)',
          () => mx.grad(sum, { argnums: 1 })(x, y),
        ],
        'by several': ['mx.grad(product, argnums=[0, 1])(x, y)', () => mx.grad(sum, [0, 1])(x, y)],
        'by several, in the order of the arguments': [
          'mx.grad(lambda a, b: (a * b * b).sum(), [1, 0])(x, y)',
          () => mx.grad((a: any, b: any) => a.multiply(b).multiply(b).sum(), [1, 0])(x, y),
        ],
        'by one of a list': ['mx.grad(product, argnums=[1])(x, y)', () => mx.grad(sum, [1])(x, y)],
        'by a name': [
          'mx.grad(by_name, argnames="b")(x, b=y)',
          () => mx.grad((a: any, { b }: any) => sum(a, b, b), { argnames: 'b' })(x, { b: y }),
        ],
        'by a position and a name': [
          'mx.grad(by_name, argnums=0, argnames=["b"])(x, b=y)',
          () => mx.grad((a: any, { b }: any) => sum(a, b, b), 0, ['b'])(x, { b: y }),
        ],
        'by several names': [
          'mx.grad(lambda *, a, b: by_name(a, b=b), argnames=["b", "a"])(a=x, b=y)',
          () => mx.grad(({ a, b }: any) => sum(a, b, b), { argnames: ['b', 'a'] })({ a: x, b: y }),
        ],
        'with other keywords beside': [
          'mx.grad(lambda *, a, b: by_name(a, b=b), argnames="b")(a=x, b=y)',
          () => mx.grad(({ a, b }: any) => sum(a, b, b), { argnames: 'b' })({ a: x, b: y }),
        ],
        'by a list': ['mx.grad(lambda p: product(*p))([x, y])', () => mx.grad((p: any) => sum(...p))([x, y])],
        'by a dictionary': [
          'mx.grad(lambda p: product(p["a"], p["b"]))({"a": x, "b": y})',
          () => mx.grad((p: any) => sum(p.a, p.b))({ a: x, b: y }),
        ],
        'by a Map': [
          'mx.grad(lambda p: product(p["a"], p["b"]))({"a": x, "b": y})',
          () =>
            mx.grad((p: any) => sum(p.get('a'), p.get('b')))(
              new Map([
                ['a', x],
                ['b', y],
              ]),
            ),
        ],
        'by a nested tree': [
          'mx.grad(lambda p: (p["layers"][1]["w"] * p["b"]).sum())({"layers": [{"w": x}, {"w": y}], "b": x})',
          () => mx.grad((p: any) => sum(p.layers[1].w, p.b))({ layers: [{ w: x }, { w: y }], b: x }),
        ],
        'beside constants': [
          'mx.grad(lambda a, c: (a * c["n"]).sum())(x, {"n": 3, "s": "text", "none": None})',
          () => mx.grad((a: any, c: any) => a.multiply(c.n).sum())(x, { n: 3, s: 'text', none: null }),
        ],
        'of integers': [
          'mx.grad(lambda a: (a * 1.5).sum())(mx.array([1, 2]))',
          () => mx.grad((a: any) => a.multiply(1.5).sum())(mx.array([1, 2])),
        ],
        'of complex numbers': [
          'mx.grad(lambda a: mx.abs(a).sum())(mx.array([1 + 2j]))',
          () => mx.grad((a: any) => mx.abs(a).sum())(mx.array([mx.complex(1, 2)])),
        ],
        'in half precision': [
          'mx.grad(lambda a: mx.exp(a).sum())(x.astype(mx.bfloat16))',
          () => mx.grad((a: any) => mx.exp(a).sum())(x.astype(mx.bfloat16)),
        ],
        'of what does not depend on it': [
          'mx.grad(lambda a, b: b.sum())(x, y)',
          () => mx.grad((_: any, b: any) => b.sum())(x, y),
        ],
        'of a stopped gradient': [
          'mx.grad(lambda a: (mx.stop_gradient(a) * a).sum())(x)',
          () => mx.grad((a: any) => mx.stop_gradient(a).multiply(a).sum())(x),
        ],
        'of indexing and updates': [
          'mx.grad(lambda a: (a[::2].sum() * a.at[mx.array([0, 0])].add(2)).sum())(x)',
          () =>
            mx.grad((a: any) =>
              a
                .get('::2')
                .sum()
                .multiply(a.at(mx.array([0, 0])).add(2))
                .sum(),
            )(x),
        ],
        'with the value': [
          'mx.value_and_grad(product, argnums=[0, 1])(x, y)',
          () => mx.value_and_grad(sum, [0, 1])(x, y),
        ],
        'with the value and anything else': [
          'mx.value_and_grad(lambda a: (a.sum(), a * 2, "text", None, {"k": [a, 3]}))(x)',
          () => mx.value_and_grad((a: any) => [a.sum(), a.multiply(2), 'text', null, { k: [a, 3] }])(x),
        ],
        'and errors: nothing to differentiate by': ['mx.grad(product, argnums=[])', () => mx.grad(sum, [])],
        'and errors: a negative index': ['mx.grad(product, argnums=-1)', () => mx.grad(sum, -1)],
        'and errors: an index twice': ['mx.grad(product, argnums=[0, 0])', () => mx.grad(sum, [0, 0])],
        'and errors: an index too far': ['mx.grad(product, argnums=2)(x, y)', () => mx.grad(sum, 2)(x, y)],
        'and errors: no such name': [
          'mx.grad(by_name, argnames="c")(x, b=y)',
          () => mx.grad(sum, { argnames: 'c' })(x, { b: y }),
        ],
        'and errors: a name without keywords': [
          'mx.grad(by_name, argnames="c")(x)',
          () => mx.grad(sum, { argnames: 'c' })(x),
        ],
        'and errors: a number as argument': ['mx.grad(product)(1.0)', () => mx.grad(sum)(1)],
        'and errors: null in the tree': [
          'mx.grad(lambda p: p[0].sum())([x, None])',
          () => mx.grad((p: any) => p[0].sum())([x, null]),
        ],
        'and errors: an empty tree': ['mx.grad(lambda p: x.sum())([])', () => mx.grad(() => x.sum())([])],
        'and errors: no scalar': ['mx.grad(lambda a: a)(x)', () => mx.grad((a: any) => a)(x)],
        'and errors: several results': [
          'mx.grad(lambda a: (a.sum(), a))(x)',
          () => mx.grad((a: any) => [a.sum(), a])(x),
        ],
        'and errors: a number as result': ['mx.grad(lambda a: 1.0)(x)', () => mx.grad(() => 1)(x)],
        'and errors: no result': [
          'mx.value_and_grad(lambda a: None)(x)',
          () => mx.value_and_grad(() => null)(x),
        ],
        'and errors: an empty result': [
          'mx.value_and_grad(lambda a: ())(x)',
          () => mx.value_and_grad(() => [])(x),
        ],
        'and errors: a number as first result': [
          'mx.value_and_grad(lambda a: (1, a.sum()))(x)',
          () => mx.value_and_grad((a: any) => [1, a.sum()])(x),
        ],
        'and errors: no function': ['mx.grad(3)', () => mx.grad(3 as any)],
        'and errors: an unknown keyword': [
          'mx.grad(product, bogus=1)',
          () => mx.grad(sum, { bogus: 1 } as any),
        ],
        'and errors: a float as index': ['mx.grad(product, argnums=0.5)', () => mx.grad(sum, 0.5)],
      },
    );
  });

  it('evaluates inside the function where Python does', () => {
    // grad, unlike compile and vmap, traces with real values.
    assert.equal(
      mx
        .grad((a: any) => a.multiply(a.sum().item()).sum())(x)
        .tolist()
        .join(),
      '1.5,1.5,1.5',
    );
  });

  it('passes what the function throws', () => {
    const mine = new RangeError('mine');
    const boom = () => {
      throw mine;
    };
    for (const transform of [mx.grad, mx.value_and_grad]) {
      assert.throws(
        () => transform(boom)(x),
        (error) => error === mine,
      );
      assert.throws(
        () => mx.grad((a: any) => transform(boom)(a))(x),
        (error) => error === mine,
      );
    }
    assert.throws(
      () =>
        mx.grad(() => {
          throw null;
        })(x),
      (error) => error === null,
    );
    assert.deepEqual(bits(mx.grad(sum)(x, y)), bits(y));
  });

  it('names the function', () => {
    assert.equal(mx.grad(sum).name, 'sum');
    fails(() => mx.grad(3 as any), mlx.TypeError, /Signature: grad\(fun: Callable/);
    fails(() => mx.grad(() => 3)(x), mlx.ValueError, /should be a scalar array; but number was returned/);
    fails(
      () => mx.value_and_grad(() => ({ a: 1 }))(x),
      mlx.ValueError,
      /either a scalar array or a list .* but object was returned/,
    );
  });

  describe('leaves containers', () => {
    it('with the arrays that were in them', () => {
      const inner = { w: x };
      const list = [x, inner];
      const map = new Map([['k', y]]);
      const other = [y];
      let seen: any;
      mx.grad((p: any, o: any) => {
        seen = p;
        assert.notEqual(p.list[0], x);
        assert.notEqual(o[0], y);
        return sum(p.list[0], p.list[1].w, p.map.get('k'), o[0]);
      })({ list, map }, other);
      assert.equal(seen.list, list);
      assert.equal(seen.map, map);
      assert.equal(list[0], x);
      assert.equal(list[1], inner);
      assert.equal(inner.w, x);
      assert.equal(map.get('k'), y);
      assert.equal(other[0], y);
    });

    it('also where the function throws', () => {
      const params = [x, { k: y }];
      assert.throws(
        () =>
          mx.grad(() => {
            throw new Error('mine');
          })(params),
        /mine/,
      );
      assert.equal(params[0], x);
      assert.equal((params[1] as any).k, y);
    });

    it('but for what the function wrote', () => {
      const state: any = { a: x, b: y, list: [x] };
      const gradient = mx.grad((s: any) => {
        const loss = s.a.multiply(s.b).sum();
        s.a = s.a.multiply(2);
        s.list.push(s.b);
        s.extra = m;
        return loss;
      })(state);
      // What was added has no gradient. (Python crashes.)
      assert.deepEqual(bits(gradient), bits({ a: y, b: x, list: [mx.zeros([3])] }));
      assert.deepEqual(state.a.tolist(), [1, -2, 4]);
      assert.equal(state.b, y);
      assert.equal(state.list[0], x);
      assert.equal(state.list[1], y);
      assert.equal(state.extra, m);
    });

    it('and what it changed in place', () => {
      const state = [mx.array([1, 2, 3], mx.float32), y];
      const [first] = state;
      const gradient = mx.grad((s: any) => {
        s[0].iadd(1);
        return s[0].multiply(s[0]).sum();
      })(state);
      assert.deepEqual(gradient[0].tolist(), [4, 6, 8]);
      assert.notEqual(state[0], first);
      assert.deepEqual(state[0]!.tolist(), [2, 3, 4]);
      assert.deepEqual(first!.tolist(), [1, 2, 3]);
      assert.equal(state[1], y);
    });

    it('unshared: an array that stands twice has two gradients', () => {
      const gradient = mx.grad((p: any) => p[0].multiply(p[1]).sum())([x, x]);
      assert.deepEqual(bits(gradient), bits([x, x]));
    });

    it('frozen ones as well', () => {
      const params = Object.freeze([x, Object.freeze({ k: y })]);
      assert.deepEqual(bits(mx.grad((p: any) => sum(p[0], p[1].k))(params)), bits([y, { k: x }]));
      assert.equal(params[0], x);
    });
  });

  it('works with arrays that are disposed inside', () => {
    assert.deepEqual(
      mx
        .grad((a: any) => {
          const total = a.sum();
          a.dispose();
          return total;
        })(x)
        .tolist(),
      [1, 1, 1],
    );
    assert.deepEqual(
      mx.tidy(() => mx.grad((a: any) => mx.tidy(() => a.multiply(a).sum()))(x)).tolist(),
      [1, -2, 4],
    );
  });

  it('takes as many arrays as a large model has', () => {
    const many = Array.from({ length: 6000 }, (_, i) => mx.array(i, mx.float32));
    const gradient = mx.grad((p: any) => p.reduce((a: any, b: any) => a.add(b)))(many);
    assert.equal(gradient.length, 6000);
    assert.equal(gradient[5999].item(), 1);
  });

  it('refuses trees that contain themselves', () => {
    const tree: any[] = [x];
    tree.push(tree);
    fails(() => mx.grad((p: any) => p[0].sum())(tree), mlx.ValueError, /contains itself/);
  });
});
