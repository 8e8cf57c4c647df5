// compile: when it traces, captured state, shapelessness, switching off, errors, what happens to dead functions.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import mlx, { core as mx } from 'mlx';
import { bits, sameAsPython } from '../python';
import { fails, leavesNothing, liveArrays, PYTHON_VALUES, values } from './values';

const { x, y, m, w } = values();

/** A compiled function with the number of its traces. */
function counted(fun: (...args: any[]) => any, options?: object): any {
  const compiled: any = mx.compile((...args: any[]) => {
    compiled.traces++;
    return fun(...args);
  }, options as any);
  compiled.traces = 0;
  return compiled;
}

describe('compile', () => {
  leavesNothing();

  describe('gives what Python gives', () => {
    sameAsPython(PYTHON_VALUES, {
      'fused elementwise operations': [
        'mx.compile(lambda a, b: mx.exp(-a * b) + mx.tanh(a) * 2)(x, y)',
        () =>
          mx.compile((a: any, b: any) => mx.exp(a.negative().multiply(b)).add(mx.tanh(a).multiply(2)))(x, y),
      ],
      'products and reductions': [
        'mx.compile(lambda a, b: mx.softmax(a @ b, -1).sum(0))(m, w)',
        () => mx.compile((a: any, b: any) => mx.softmax(a.matmul(b), -1).sum(0))(m, w),
      ],
      'trees in and out': [
        'mx.compile(lambda p: {"k": [p["a"] + p["b"][0]], "n": 3, "t": "text", "z": None})({"a": x, "b": [y]})',
        () => mx.compile((p: any) => ({ k: [p.a.add(p.b[0])], n: 3, t: 'text', z: null }))({ a: x, b: [y] }),
      ],
      'a Map in': [
        'mx.compile(lambda p: p["a"] + p["b"])({"a": x, "b": y})',
        () =>
          mx.compile((p: any) => p.get('a').add(p.get('b')))(
            new Map([
              ['a', x],
              ['b', y],
            ]),
          ),
      ],
      keywords: [
        'mx.compile(lambda a, *, k: a * k)(x, k=y)',
        () => mx.compile((a: any, { k }: any) => a.multiply(k))(x, { k: y }),
      ],
      constants: [
        'mx.compile(lambda a, n, s: a * n if s == "times" else a + n)(x, 3, "times")',
        () =>
          mx.compile((a: any, n: number, s: string) => (s === 'times' ? a.multiply(n) : a.add(n)))(
            x,
            3,
            'times',
          ),
      ],
      'no arrays': [
        'mx.compile(lambda n: mx.zeros((n,)))(3)',
        () => mx.compile((n: number) => mx.zeros([n]))(3),
      ],
      'no arguments': ['mx.compile(lambda: x * 2)()', () => mx.compile(() => x.multiply(2))()],
      'half precision': [
        'mx.compile(lambda a: mx.sigmoid(a) * a)(m.astype(mx.bfloat16))',
        () => mx.compile((a: any) => mx.sigmoid(a).multiply(a))(m.astype(mx.bfloat16)),
      ],
      'integers and conditions': [
        'mx.compile(lambda a: mx.where(a > 0, a // 2, -a))(mx.array([5, -3, 0]))',
        () =>
          mx.compile((a: any) => mx.where(a.greater(0), a.floor_divide(2), a.negative()))(
            mx.array([5, -3, 0]),
          ),
      ],
      'random numbers of a captured state': [
        `
state = [mx.random.state]
f = mx.compile(lambda a: a * mx.random.uniform(shape=(3,)), inputs=state, outputs=state)
mx.random.seed(7)
out = [f(x), f(x)]
return [*out, mx.random.uniform(shape=(3,))]`,
        () => {
          const state = [mx.random.state];
          const f = mx.compile((a: any) => a.multiply(mx.random.uniform({ shape: [3] })), {
            inputs: state,
            outputs: state,
          });
          mx.random.seed(7);
          return [f(x), f(x), mx.random.uniform({ shape: [3] })];
        },
      ],
      'the random state by itself': [
        `
f = mx.compile(lambda: mx.random.normal((2,)), inputs=mx.random.state, outputs=mx.random.state)
mx.random.seed(3)
return [f(), f(), mx.random.normal((2,))]`,
        () => {
          const f = mx.compile(() => mx.random.normal([2]), {
            inputs: mx.random.state,
            outputs: mx.random.state,
          });
          mx.random.seed(3);
          return [f(), f(), mx.random.normal([2])];
        },
      ],
      'a training step': [
        `
params = {"w": w, "b": mx.zeros((4,))}
def loss(p, a):
    return mx.mean((mx.tanh(a @ p["w"] + p["b"]) - 1) ** 2)
def step(a):
    value, grads = mx.value_and_grad(loss)(params, a)
    for k in params:
        params[k] = params[k] - 0.1 * grads[k]
    return value
f = mx.compile(step, inputs=params, outputs=params)
return [f(m), f(m), f(m), params]`,
        () => {
          const params: Record<string, any> = { w, b: mx.zeros([4]) };
          const loss = (p: any, a: any) => mx.mean(mx.tanh(a.matmul(p.w).add(p.b)).subtract(1).power(2));
          const step = (a: any) => {
            const [value, grads] = mx.value_and_grad(loss)(params, a);
            for (const k of Object.keys(params)) params[k] = params[k].subtract(grads[k].multiply(0.1));
            return value;
          };
          const f = mx.compile(step, { inputs: params, outputs: params });
          return [f(m), f(m), f(m), params];
        },
      ],
      'and errors: a complex constant': [
        'mx.compile(lambda a, b: a)(x, 1j)',
        () => mx.compile((a: any) => a)(x, mx.complex(0, 1)),
      ],
      'and errors: an object': [
        'mx.compile(lambda a, b: a)(x, object())',
        () => mx.compile((a: any) => a)(x, new (class Thing {})()),
      ],
      'and errors: an evaluation inside': [
        'mx.compile(lambda a: a.item())(mx.array(1.0))',
        () => mx.compile((a: any) => a.item())(mx.array(1, mx.float32)),
      ],
      'and errors: a printed array inside': [
        'mx.compile(lambda a: mx.array(len(str(a))))(x)',
        () => mx.compile((a: any) => mx.array(String(a).length))(x),
      ],
      'and errors: no function': ['mx.compile(3)', () => mx.compile(3 as any)],
      'and errors: a number as shapeless': [
        'mx.compile(lambda a: a, shapeless=3)',
        () => mx.compile((a: any) => a, { shapeless: 3 } as any),
      ],
      'and errors: an unknown keyword': [
        'mx.compile(lambda a: a, bogus=3)',
        () => mx.compile((a: any) => a, { bogus: 3 } as any),
      ],
      'and errors: bad shapes inside': [
        'mx.compile(lambda a: a @ a)(m)',
        () => mx.compile((a: any) => a.matmul(a))(m),
      ],
    });
  });

  describe('traces', () => {
    it('once for each shape and dtype', () => {
      const f = counted((a: any) => a.add(1));
      for (let i = 0; i < 3; i++) f(x);
      assert.equal(f.traces, 1);
      f(y);
      assert.equal(f.traces, 1);
      assert.deepEqual(f(m).tolist(), m.add(1).tolist());
      assert.equal(f.traces, 2);
      f(x.astype(mx.float16));
      assert.equal(f.traces, 3);
      f(x);
      f(m);
      assert.equal(f.traces, 3);
    });

    it('once for each constant, by kind and value', () => {
      const constants = [
        1,
        2,
        mx.float(1),
        1.5,
        -0,
        '1',
        '',
        true,
        false,
        null,
        [1],
        [],
        {},
        { a: 1 },
        { b: 1 },
        new Map([['a', 1]]),
        [[1]],
        2n ** 40n,
        2n ** 60n + 1n,
        NaN,
        'a',
        [null, 1],
      ];
      const f = counted((a: any, constant: unknown) => [a, constant]);
      constants.forEach((constant, i) => {
        assert.deepEqual(f(x, constant)[1], constant);
        assert.equal(f.traces, i + 1, String(constant));
      });
      for (const constant of constants) assert.deepEqual(f(x, constant)[1], constant);
      assert.equal(f.traces, constants.length);
    });

    it('once for each structure of the arguments', () => {
      const f = counted((...args: any[]) =>
        args
          .flat(9)
          .filter((item) => item instanceof mx.array)
          .reduce((a: any, b: any) => a.add(b)),
      );
      const structures = [[x, y], [[x, y]], [[x], y], [x, [y]], [[x], [y]], [x, y, null], [x, null, y]];
      structures.forEach((args, i) => {
        assert.deepEqual(f(...args).tolist(), x.add(y).tolist());
        assert.equal(f.traces, i + 1);
      });
      for (const args of structures) f(...args);
      assert.equal(f.traces, structures.length);
    });

    it('for each function on its own', () => {
      const make = (n: number) => mx.compile((a: any) => a.add(n));
      const functions = Array.from({ length: 20 }, (_, n) => make(n));
      functions.forEach((f, n) => {
        assert.equal(f(x).get(0).item(), n + 0.5);
      });
      functions.forEach((f, n) => {
        assert.equal(f(x).get(0).item(), n + 0.5);
      });
    });

    it('without the compiled function inside itself', () => {
      const power: any = counted((a: any, n: number) => (n === 0 ? a : power(a, n - 1).multiply(2)));
      assert.deepEqual(power(x, 5).tolist(), x.multiply(32).tolist());
      assert.deepEqual(power(x, 5).tolist(), x.multiply(32).tolist());
      assert.deepEqual(power(x, 2).tolist(), x.multiply(4).tolist());
    });

    it('and takes what it captures as constants', () => {
      let factor = mx.array(2, mx.float32);
      const f = mx.compile((a: any) => a.multiply(factor));
      assert.deepEqual(f(x).tolist(), [1, -2, 4]);
      factor = mx.array(3, mx.float32);
      assert.deepEqual(f(x).tolist(), [1, -2, 4]);
    });

    it('and names the result like the function', () => {
      assert.equal(
        mx.compile(function gelu(a: any) {
          return a;
        }).name,
        'gelu',
      );
    });
  });

  describe('captures', () => {
    it('inputs, which are read anew at each call', () => {
      const state = [mx.array(2, mx.float32)];
      const f = counted((a: any) => a.multiply(state[0]), { inputs: state });
      assert.deepEqual(f(x).tolist(), [1, -2, 4]);
      const original = state[0];
      f(x);
      assert.equal(state[0], original);
      state[0] = mx.array(3, mx.float32);
      assert.deepEqual(f(x).tolist(), [1.5, -3, 6]);
      assert.equal(f.traces, 1);
      state[0] = mx.array([1, 2, 3], mx.float32);
      assert.deepEqual(f(x).tolist(), [0.5, -2, 6]);
      assert.equal(f.traces, 2);
    });

    it('outputs, which are updated after each call', () => {
      const state: Record<string, any> = { count: mx.array(0), nested: [{ total: mx.zeros([3]) }] };
      const f = mx.compile(
        (a: any) => {
          state.count = state.count.add(1);
          state.nested[0].total = state.nested[0].total.add(a);
          return state.count;
        },
        { inputs: state, outputs: state },
      );
      const nested = state.nested;
      for (let i = 1; i <= 4; i++) assert.equal(f(x).item(), i);
      assert.equal(state.nested, nested);
      assert.equal(state.count.item(), 4);
      assert.deepEqual(nested[0].total.tolist(), [2, -4, 8]);
    });

    it('arrays that are changed in place', () => {
      const state = [mx.array([1, 2, 3], mx.float32)];
      const f = mx.compile(
        (a: any) => {
          state[0]!.iadd(a);
          return state[0]!.multiply(2);
        },
        { inputs: state, outputs: state },
      );
      assert.deepEqual(f(mx.ones([3])).tolist(), [4, 6, 8]);
      assert.deepEqual(f(mx.ones([3])).tolist(), [6, 8, 10]);
      assert.deepEqual(state[0]!.tolist(), [3, 4, 5]);
    });

    it('by position as well', () => {
      const state = { a: mx.array(1) };
      const f = mx.compile(
        (b: any) => {
          state.a = state.a.add(b);
          return state.a;
        },
        state,
        state,
      );
      f(mx.array(5));
      assert.equal(f(mx.array(5)).item(), 11);
      assert.equal(state.a.item(), 11);
    });

    it('and puts the originals back where the function throws', () => {
      const state = [x, { k: y }];
      const f = mx.compile(
        () => {
          throw new Error('mine');
        },
        { inputs: state },
      );
      assert.throws(() => f(), /mine/);
      assert.equal(state[0], x);
      assert.equal((state[1] as any).k, y);
    });
  });

  describe('shapeless', () => {
    it('traces once for all shapes of as many dimensions', () => {
      const f = counted((a: any) => mx.abs(a).sum(-1), { shapeless: true });
      for (const shape of [
        [2, 3],
        [4, 3],
        [1, 5],
        [7, 2],
      ])
        assert.deepEqual(f(mx.ones(shape)).shape, [shape[0]]);
      assert.equal(f.traces, 1);
      f(mx.ones([2, 2, 2]));
      assert.equal(f.traces, 2);
      f(mx.ones([2, 3], { dtype: mx.float16 }));
      assert.equal(f.traces, 3);
    });

    it('refuses shapes that do not fit, where MLX would read outside of its buffers', () => {
      const f = mx.compile((a: any, b: any) => a.matmul(b), { shapeless: true });
      assert.deepEqual(f(mx.ones([2, 3]), mx.ones([3, 4])).shape, [2, 4]);
      for (let i = 0; i < 2; i++) {
        fails(
          () => f(mx.ones([2, 5]), mx.ones([3, 4])),
          mlx.ValueError,
          /\[shapeless\] The shapes of the inputs do not fit/,
        );
      }
      assert.deepEqual(f(mx.ones([1, 7]), mx.ones([7, 2])).tolist(), [[7, 7]]);
      fails(
        () => mx.compile((a: any, b: any) => a.add(b), { shapeless: true })(mx.ones([2]), mx.ones([3])),
        mlx.ValueError,
        /broadcast/,
      );
      // And where its CPU code crashes.
      const onCpu = (a: any) => mx.sum(a, 1, { stream: mx.cpu });
      fails(() => mx.compile(onCpu, { shapeless: true })(mx.ones([2, 1])), mlx.ValueError, /axes of size 1/);
    });

    it('fuses as well', () => {
      const f = mx.compile((a: any, b: any) => mx.exp(a).multiply(b).add(mx.tanh(a)), { shapeless: true });
      for (const shape of [[3], [5], [1]]) {
        const [a, b] = [mx.ones(shape), mx.full(shape, 0.5)];
        assert.deepEqual(
          bits(f(a, b)),
          bits(mx.compile((a: any, b: any) => mx.exp(a).multiply(b).add(mx.tanh(a)))(a, b)),
        );
      }
    });
  });

  it('can be switched off and on', () => {
    try {
      mx.disable_compile();
      const f = counted((a: any) => a.add(1));
      for (let i = 1; i <= 3; i++) {
        assert.deepEqual(f(x).tolist(), x.add(1).tolist());
        assert.equal(f.traces, i);
      }
      const state = [mx.array(1)];
      const g = mx.compile(
        () => {
          state[0] = state[0]!.add(1);
          return { value: state[0] };
        },
        { inputs: state, outputs: state },
      );
      g();
      assert.equal(g().value.item(), 3);
      assert.equal(state[0]!.item(), 3);
      // Nothing is traced, so evaluating is allowed.
      assert.equal(mx.compile((a: any) => a.sum().item())(x), 1.5);
      mx.enable_compile();
      f(x);
      f(x);
      assert.equal(f.traces, 4);
    } finally {
      mx.enable_compile();
    }
  });

  describe('after an error in a trace', () => {
    it('traces again', () => {
      let fail = true;
      const mine = new RangeError('mine');
      const f = counted((a: any) => {
        if (fail) throw mine;
        return a.add(1);
      });
      for (let i = 0; i < 3; i++)
        assert.throws(
          () => f(x),
          (error) => error === mine,
        );
      fail = false;
      assert.deepEqual(f(x).tolist(), x.add(1).tolist());
      f(x);
      assert.equal(f.traces, 4);
    });

    it('lets every other function work', () => {
      const good = mx.compile((a: any) => a.multiply(2));
      for (const bad of [
        (a: any) => a.item(),
        (a: any) => a.matmul(m),
        () => {
          throw new Error('mine');
        },
      ]) {
        assert.throws(() => mx.compile(bad)(x));
        assert.deepEqual(good(x).tolist(), [1, -2, 4]);
        assert.deepEqual(
          mx
            .compile((a: any) => a.multiply(3))(x)
            .tolist(),
          [1.5, -3, 6],
        );
      }
    });

    it('in a compiled function within another', () => {
      const inner = mx.compile(() => {
        throw new Error('mine');
      });
      const outer = mx.compile((a: any) => {
        try {
          return inner(a);
        } catch {
          return a.add(1);
        }
      });
      assert.deepEqual(outer(x).tolist(), x.add(1).tolist());
    });
  });

  describe('forgets', () => {
    it('functions that were collected', function () {
      this.timeout(60_000);
      const rounds = 1500;
      liveArrays();
      const before = mx.get_active_memory();
      let highest = 0;
      for (let i = 0; i < rounds; i++) {
        const weight = mx.full([1 << 16], i, { dtype: mx.float32 });
        mx.eval(weight);
        // Each trace holds its weight: 256 KiB.
        const f = mx.compile((a: any) => a.add(weight));
        assert.equal(
          f(mx.ones([1]))
            .get(0)
            .item(),
          i + 1,
        );
        highest = Math.max(highest, mx.get_active_memory() - before);
      }
      liveArrays();
      const left = mx.get_active_memory() - before;
      assert.ok(left < 4 << 20, `${left} bytes are held by compiled functions that are gone`);
      assert.ok(highest < (rounds << 18) / 1.5, `${highest} bytes were held at once`);
    });

    it('nothing of those that live', () => {
      const kept = Array.from({ length: 50 }, (_, n) => counted((a: any) => a.add(n)));
      for (const f of kept) f(x);
      for (let i = 0; i < 300; i++) mx.compile((a: any) => a.multiply(i))(x);
      liveArrays();
      kept.forEach((f, n) => {
        assert.equal(f(x).get(0).item(), n + 0.5);
        assert.equal(f.traces, 1);
      });
    });

    it('arrays: 10,000 calls leave none', () => {
      const state = [mx.zeros([3])];
      const f = mx.compile(
        (a: any) => {
          state[0] = state[0]!.add(a);
          return [state[0]!.sum(), { k: a.multiply(2) }];
        },
        { inputs: state, outputs: state },
      );
      f(x);
      const live = liveArrays();
      const step = (isEvaluated: boolean) => {
        const result = f(x);
        if (isEvaluated) mx.eval(result, state);
      };
      for (let i = 0; i < 10_000; i++) step(i % 100 === 0);
      assert.ok(liveArrays() <= live, `${liveArrays()} arrays live, ${live} before`);
    });

    it('everything when the process ends', () => {
      const source = `
        import { core as mx } from 'mlx';
        const state = [mx.random.state, mx.zeros([3])];
        globalThis.functions = Array.from({ length: 100 }, () =>
          mx.compile((a) => { state[1] = state[1].add(a); return mx.exp(a).multiply(a).add(mx.random.uniform()); }, { inputs: state, outputs: state }));
        for (const f of functions) mx.eval(f(mx.ones([3])));
        functions.length = 50;
        console.log(state[1].tolist().join());`;
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(run.stdout, '100,100,100\n');
    });
  });
});
