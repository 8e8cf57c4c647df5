// Exported functions: both directions between Python and here, arguments, several traces, callbacks, errors, life.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import mlx, { core as mx } from 'mlx';
import { bits, runPython, shownByPython } from './python';

function fails(call: () => unknown, type: any, message: RegExp): void {
  assert.throws(call, (error: any) => {
    assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
    assert.match(error.message, message);
    return true;
  });
}

/** The same inputs on both sides. */
const INPUTS = `
a = (mx.arange(24, dtype=mx.float32) / 7).reshape(4, 6)
b = (mx.arange(48, dtype=mx.float32) / 11 - 2).reshape(6, 8)
h = a.astype(mx.bfloat16)
i = mx.array([2, 0, 3])
k = mx.random.key(5)
z = (a + 1j * a).astype(mx.complex64)
`;

function inputs(): Record<string, any> {
  const a = mx.arange(24, { dtype: mx.float32 }).divide(7).reshape([4, 6]);
  const b = mx.arange(48, { dtype: mx.float32 }).divide(11).subtract(2).reshape([6, 8]);
  return {
    a,
    b,
    h: a.astype(mx.bfloat16),
    i: mx.array([2, 0, 3]),
    k: mx.random.key(5),
    z: a.add(a.multiply(mx.complex(0, 1))),
  };
}

type Program = [name: string, args: string[], python: string, javascript: (...args: any[]) => any];

/** The same functions in both languages. */
const PROGRAMS: Program[] = [
  ['arithmetic', ['a'], 'lambda a: mx.exp(-a) * a + 1', (a) => mx.exp(a.negative()).multiply(a).add(1)],
  ['products', ['a', 'b'], 'lambda a, b: mx.softmax(a @ b, axis=-1)', (a, b) => mx.softmax(a.matmul(b), -1)],
  ['several results', ['a'], 'lambda a: mx.split(a, 3, axis=1)', (a) => mx.split(a, 3, 1)],
  ['slices', ['a'], 'lambda a: a[1:, ::2].T', (a) => a.get('1:', '::2').T],
  [
    'indices',
    ['a', 'i'],
    'lambda a, i: [a[i], mx.take(a, i, 1), a.at[i].add(2)]',
    (a, i) => [a.get(i), mx.take(a, i, 1), a.at(i).add(2)],
  ],
  [
    'reductions',
    ['a'],
    'lambda a: [a.sum(0), mx.argmax(a, 1), mx.logsumexp(a, 1), a.max()]',
    (a) => [a.sum(0), mx.argmax(a, 1), mx.logsumexp(a, 1), a.max()],
  ],
  [
    'sorting',
    ['b'],
    'lambda b: [mx.sort(b, 0), mx.argsort(b, 1), mx.cumsum(b, 1)]',
    (b) => [mx.sort(b, 0), mx.argsort(b, 1), mx.cumsum(b, 1)],
  ],
  ['half precision', ['h'], 'lambda h: mx.tanh(h) @ h.T', (h) => mx.tanh(h).matmul(h.T)],
  [
    'complex numbers',
    ['z'],
    'lambda z: [mx.abs(z), z * z, mx.fft.fft(z)]',
    (z) => [mx.abs(z), z.multiply(z), mx.fft.fft(z)],
  ],
  [
    'random numbers',
    ['k'],
    'lambda k: [mx.random.normal((3,), key=k), mx.random.randint(0, 9, (4,), key=k)]',
    (k) => [mx.random.normal([3], { key: k }), mx.random.randint(0, 9, [4], { key: k })],
  ],
  [
    'a convolution',
    ['a'],
    'lambda a: mx.conv2d(a.reshape(1, 4, 6, 1), mx.ones((2, 2, 2, 1)), 1, 1)',
    (a) => mx.conv2d(a.reshape([1, 4, 6, 1]), mx.ones([2, 2, 2, 1]), 1, 1),
  ],
  [
    'a decomposition',
    ['a'],
    'lambda a: mx.linalg.qr(a, stream=mx.cpu)',
    (a) => mx.linalg.qr(a, { stream: mx.cpu }),
  ],
  ['a gradient', ['a'], 'mx.grad(lambda a: mx.sin(a).sum())', mx.grad((a: any) => mx.sin(a).sum())],
  [
    'a vectorised function',
    ['a', 'b'],
    'mx.vmap(lambda a, b: a @ b, in_axes=(0, None))',
    mx.vmap((a: any, b: any) => a.matmul(b), [0, null]),
  ],
  [
    'a compiled function',
    ['a'],
    'mx.compile(lambda a: mx.exp(a) + a)',
    mx.compile((a: any) => mx.exp(a).add(a)),
  ],
];

describe('exported functions', () => {
  let dir: string;
  let liveBefore: number;
  const file = (name: string) => join(dir, name);

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'mlx-export-'));
    mlx.native.collect();
    liveBefore = mlx.native.liveObjects();
  });
  after(() => {
    rmSync(dir, { recursive: true });
    mlx.native.collect();
    assert.ok(
      mlx.native.liveObjects() <= liveBefore,
      `${mlx.native.liveObjects()} arrays, ${liveBefore} before`,
    );
  });

  describe('between Python and here', () => {
    it('run here with the bits that they have there', () => {
      const exports = PROGRAMS.map(
        ([, args, python], n) =>
          `mx.export_function("from_python${n}.mlxfn", ${python}, ${args.join(', ')})
show(mx.import_function("from_python${n}.mlxfn")(${args.join(', ')}))`,
      );
      const expected = shownByPython(INPUTS + exports.join('\n'), dir);
      const given = inputs();
      PROGRAMS.forEach(([name, args], n) => {
        const imported = mx.import_function(file(`from_python${n}.mlxfn`));
        assert.deepEqual(bits(imported(...args.map((arg) => given[arg]))), expected[n], name);
      });
    });

    it('run there with the bits that they have here', () => {
      const given = inputs();
      const expected = PROGRAMS.map(([, args, , javascript], n) => {
        const values = args.map((arg) => given[arg]);
        mx.export_function(file(`from_here${n}.mlxfn`), javascript, ...values);
        const result = javascript(...values);
        return bits(Array.isArray(result) ? result : [result]);
      });
      const imports = PROGRAMS.map(
        ([, args], n) => `show(mx.import_function("from_here${n}.mlxfn")(${args.join(', ')}))`,
      );
      const found = shownByPython(INPUTS + imports.join('\n'), dir);
      PROGRAMS.forEach(([name], n) => {
        assert.deepEqual(found[n], expected[n], name);
      });
    });

    it('keep keywords, metadata and shapelessness', () => {
      const given = inputs();
      const [, text] = shownByPython(
        `${INPUTS}
mx.export_function("all.mlxfn", lambda a, *, y: mx.abs(a) - y, a, y=a, shapeless=True, metadata="grüße \\u0000 'x'")
show(mx.import_function("all.mlxfn", return_metadata=True)[1])
mx.export_function("kw.mlxfn", lambda *, p, q: p / q, p=a, q=a)
show("grüße \\u0000 'x'")`,
        dir,
      );
      const [imported, metadata] = mx.import_function(file('all.mlxfn'), { return_metadata: true });
      assert.equal(metadata, text);
      const row = given.a.get('1:2');
      assert.deepEqual(bits(imported(row, { y: row })), bits([mx.abs(row).subtract(row)]));
      const divide = mx.import_function(file('kw.mlxfn'));
      assert.deepEqual(
        bits(divide({ p: given.a, q: given.a.add(1) })),
        bits([given.a.divide(given.a.add(1))]),
      );

      mx.export_function(file('back.mlxfn'), (a: any, { y }: any) => a.subtract(y), given.a, {
        y: given.a,
        shapeless: true,
        metadata: 'zurück',
      });
      const [found] = shownByPython(
        `${INPUTS}
f, m = mx.import_function("back.mlxfn", True)
show([m, f(a[:2], y=a[:2] * 2)])`,
        dir,
      );
      const part = given.a.get(':2');
      assert.deepEqual(found, ['zurück', bits([part.subtract(part.multiply(2))])]);
    });
  });

  describe('take arguments', () => {
    const x = () => mx.array([1, 2, 3], mx.float32);

    it('one by one, in a list, in a dictionary, and named', () => {
      const path = file('forms.mlxfn');
      const expected = bits([x().subtract(x().multiply(2))]);
      const y = x().multiply(2);
      const fun = (a: any, { y }: any) => a.subtract(y);
      mx.export_function(path, fun, x(), { y });
      const imported = mx.import_function(path);
      assert.deepEqual(bits(imported(x(), { y })), expected);
      assert.deepEqual(bits(imported([x()], { y })), expected);
      assert.deepEqual(bits(imported([x()], new Map([['y', y]]))), expected);
      mx.export_function(path, fun, [x()], { y });
      assert.deepEqual(bits(mx.import_function(path)(x(), { y })), expected);
      mx.export_function(path, fun, [x()], { y }, { shapeless: true });
      assert.deepEqual(bits(mx.import_function(path)(x(), { y })), expected);
      mx.export_function(path, ({ x, y }: any) => x.subtract(y), { x: x(), y });
      assert.deepEqual(bits(mx.import_function(path)({ x: x(), y })), expected);
      assert.deepEqual(
        bits(
          mx.import_function(path)(
            new Map([
              ['x', x()],
              ['y', y],
            ]),
          ),
        ),
        expected,
      );
      mx.export_function({ file_or_callback: path, fun: ({ x }: any) => x.negative(), x: x() });
      assert.deepEqual(bits(mx.import_function({ file: path } as any)({ x: x() })), bits([x().negative()]));
    });

    it('not at all', () => {
      mx.export_function(file('constant.mlxfn'), () => mx.array([1.5, 2]));
      assert.deepEqual(bits(mx.import_function(file('constant.mlxfn'))()), bits([mx.array([1.5, 2])]));
    });

    it('and name the file by a path or a URL', () => {
      const url = pathToFileURL(file('url.mlxfn'));
      mx.export_function(url, (a: any) => a.add(1), x());
      assert.deepEqual(bits(mx.import_function(url)(x())), bits([x().add(1)]));
    });

    it('or say what is wrong', () => {
      const path = file('errors.mlxfn');
      const fun = (a: any) => a;
      const inputsError = /Inputs can either be a variable number of positional and keyword arrays or/;
      mx.export_function(path, (a: any, { y }: any) => a.add(y), x(), { y: x() });
      const imported = mx.import_function(path) as any;
      for (const args of [
        [1],
        [x(), 1],
        [null],
        ['x'],
        [[x()], [x()], [x()]],
        [[1, 2]],
        [[[x()]]],
        [x(), { y: 1 }],
        [{ x: 1 }],
        [undefined],
      ]) {
        fails(() => imported(...args), mlx.ValueError, inputsError);
        fails(() => (mx.export_function as any)(path, fun, ...args), mlx.ValueError, inputsError);
      }
      for (const args of [
        [],
        [x()],
        [x(), x()],
        [x(), { z: x() }],
        [x().get(':2'), { y: x() }],
        [x().astype(mx.int32), { y: x() }],
      ]) {
        fails(() => imported(...args), mlx.ValueError, /No imported function found which matches/);
      }
      const signature = /Signature: (export|import)_function\(/;
      fails(() => (mx.export_function as any)(path, 3, x()), mlx.TypeError, signature);
      fails(() => (mx.export_function as any)(path), mlx.TypeError, signature);
      fails(() => (mx.export_function as any)(), mlx.TypeError, signature);
      fails(() => mx.export_function(path, fun, x(), { shapeless: 1 }), mlx.TypeError, signature);
      fails(() => mx.export_function(path, fun, x(), { metadata: 3 }), mlx.TypeError, signature);
      fails(() => (mx.export_function as any)(3, fun, x()), mlx.RuntimeError, signature);
      fails(() => (mx.import_function as any)(3), mlx.TypeError, signature);
      fails(() => (mx.import_function as any)(path, 3), mlx.TypeError, signature);
      fails(() => (mx.import_function as any)(path, true, 3), mlx.TypeError, signature);
      fails(() => (mx.import_function as any)(path, { bogus: 3 }), mlx.TypeError, /unknown keyword 'bogus'/);
      fails(() => mx.import_function('a\0b'), mlx.ValueError, /null character/);
      fails(
        () => mx.export_function(() => {}, fun, x(), { metadata: 'a' }),
        mlx.ValueError,
        /only supported when exporting to a file/,
      );
      const disposed = x();
      disposed.dispose();
      fails(() => imported(disposed, { y: x() }), mlx.ValueError, /disposed/);
    });
  });

  describe('fail', () => {
    const x = () => mx.array([1, 2, 3], mx.float32);

    it('where there is no file', () => {
      fails(() => mx.import_function(file('absent')), mlx.RuntimeError, /\[import_function\] Failed to open/);
      fails(() => mx.import_function(dir), mlx.RuntimeError, /\[import_function\] Failed to open/);
      fails(
        () => mx.export_function(join(dir, 'absent', 'x'), () => x()),
        mlx.RuntimeError,
        /\[export_function\] Failed to open/,
      );
      fails(
        () => mx.exporter(join(dir, 'absent', 'x'), () => x()),
        mlx.RuntimeError,
        /\[export_function\] Failed to open/,
      );
    });

    it('where the function returns something else than arrays', () => {
      for (const result of [null, undefined, 1, { a: 1 }, [1], [[x()]], 'x']) {
        fails(
          () => mx.export_function(file('bad'), () => result, x()),
          mlx.ValueError,
          /Outputs can be either a single array/,
        );
      }
    });

    it('with what the function throws', () => {
      const mine = new RangeError('mine');
      const boom = () => {
        throw mine;
      };
      assert.throws(
        () => mx.export_function(file('bad'), boom, x()),
        (error) => error === mine,
      );
      assert.throws(
        () => mx.export_function(boom, (a: any) => a, x()),
        (error) => error === mine,
      );
      fails(
        () => mx.export_function(file('bad'), (a: any) => a.eval(), x()),
        mlx.ValueError,
        /\[eval\] Attempting to eval/,
      );
      // Tracing goes on afterwards as if nothing had been.
      assert.equal(
        mx
          .compile((a: any) => a.add(1))(x())
          .sum()
          .item(),
        9,
      );
    });

    it('where MLX cannot write the operation', () => {
      fails(
        () => mx.export_function(file('bad'), (a: any) => a.__invert__(), mx.array([1])),
        mlx.ValueError,
        /Unable to serialize primitive/,
      );
    });

    it('where a shapeless function cannot take the shapes', () => {
      const path = file('shapeless.mlxfn');
      mx.export_function(
        path,
        (a: any, b: any) => mx.tanh(a.matmul(b)).sum(1),
        mx.ones([2, 3]),
        mx.ones([3, 4]),
        { shapeless: true },
      );
      const imported = mx.import_function(path);
      assert.deepEqual(imported(mx.ones([5, 1]), mx.ones([1, 7]))[0]!.shape, [5]);
      // Python reads outside of its buffers here.
      fails(
        () => imported(mx.ones([2, 5]), mx.ones([3, 4])),
        mlx.ValueError,
        /Matmul is impossible: its matrices do not fit/,
      );
      fails(
        () => imported(mx.ones([2, 3, 1]), mx.ones([3, 4])),
        mlx.ValueError,
        /No imported function found/,
      );
    });
  });

  describe('of several traces', () => {
    const x = () => mx.array([1, 2, 3], mx.float32);
    const sum = (...args: any[]) => args.reduce((a, b) => a.add(b));

    function check(path: string): void {
      const imported = mx.import_function(path);
      for (const count of [1, 2, 3]) {
        const args = Array.from({ length: count }, x);
        assert.deepEqual(bits(imported(...args)), bits([sum(...args)]));
      }
    }

    it('are written by an exporter that is called and closed', () => {
      const path = file('closed.mlxfn');
      const exporter = mx.exporter(path, sum, { metadata: 'several' });
      assert.ok(exporter instanceof mx.FunctionExporter);
      exporter(x());
      exporter(x(), x());
      exporter.__call__(x(), x(), x());
      exporter.close();
      exporter.close();
      fails(
        () => exporter(x(), x(), x(), x()),
        mlx.RuntimeError,
        /Attempting to write after exporting is closed/,
      );
      check(path);
      assert.equal(mx.import_function(path, true)[1], 'several');
      const found = shownByPython(
        `f = mx.import_function("closed.mlxfn")\nx = mx.array([1.0, 2, 3])\nshow([f(x), f(x, x)])`,
        dir,
      );
      assert.deepEqual(found, [bits([[x()], [x().add(x())]])]);
    });

    it('in a scope', () => {
      const path = file('scope.mlxfn');
      let open: any;
      {
        using exporter = mx.exporter(path, sum);
        open = exporter;
        for (const count of [1, 2, 3]) exporter(...Array.from({ length: count }, x));
      }
      fails(() => open(x(), x(), x(), x()), mlx.RuntimeError, /closed/);
      check(path);
    });

    it('in a body, which may fail or be asynchronous', async () => {
      const path = file('body.mlxfn');
      const all = (exporter: any) => {
        for (const count of [1, 2, 3]) exporter(...Array.from({ length: count }, x));
        return exporter;
      };
      const open = mx.exporter(path, sum, all);
      fails(() => open(x(), x(), x(), x()), mlx.RuntimeError, /closed/);
      check(path);
      let leaked: any;
      const mine = new Error('mine');
      const failing = (exporter: any) => {
        leaked = exporter;
        throw mine;
      };
      assert.throws(
        () => mx.exporter(path, sum, { shapeless: true }, failing),
        (error) => error === mine,
      );
      fails(() => leaked(x()), mlx.RuntimeError, /closed/);
      const later = await mx.exporter(path, sum, async (exporter) => {
        await null;
        return all(exporter);
      });
      fails(() => (later as any)(x()), mlx.RuntimeError, /closed/);
      check(path);
    });

    it('each signature once', () => {
      const path = file('once.mlxfn');
      mx.exporter(path, sum, (exporter) => {
        exporter(x());
        exporter(x(), x());
        fails(() => exporter(x()), mlx.RuntimeError, /twice with the same signature/);
        exporter(x(), x(), x());
        exporter(x().get(':2'));
      });
      check(path);
    });

    it('with named inputs and without traces', () => {
      const path = file('named.mlxfn');
      mx.exporter(
        path,
        (a: any, named?: any) => (named ? a.multiply(named.y) : a),
        (exporter) => {
          exporter(x());
          exporter(x(), { y: x() });
        },
      );
      const imported = mx.import_function(path);
      assert.deepEqual(bits(imported(x(), { y: x() })), bits([x().multiply(x())]));
      assert.deepEqual(bits(imported(x())), bits([x()]));
      mx.exporter(path, sum).close();
      fails(() => mx.import_function(path)(x()), mlx.ValueError, /No imported function found/);
    });

    it('and nothing after one that failed', () => {
      let fail = true;
      const mine = new Error('mine');
      const exporter = mx.exporter(file('failed.mlxfn'), (...args: any[]) => {
        if (fail) throw mine;
        return sum(...args);
      });
      assert.throws(
        () => exporter(x()),
        (error) => error === mine,
      );
      fail = false;
      fails(() => exporter(x()), mlx.RuntimeError, /closed when its last trace failed/);
      exporter.close();
    });

    it('and none within another', () => {
      const errors: unknown[] = [];
      const exporter = mx.exporter(file('nested.mlxfn'), (a: any) => {
        for (const call of [() => exporter(a, a), () => exporter.close()]) {
          try {
            call();
          } catch (error) {
            errors.push(error);
          }
        }
        return a;
      });
      exporter(x());
      exporter.close();
      assert.equal(errors.length, 2);
      for (const error of errors) assert.ok(error instanceof mlx.RuntimeError);
    });

    it('and refuse what Python refuses', () => {
      fails(() => new (mx.FunctionExporter as any)(), mlx.TypeError, /made by mx.exporter/);
      fails(
        () => mx.FunctionExporter.prototype.close.call({} as any),
        mlx.TypeError,
        /An exporter is needed, got object/,
      );
      for (const args of [
        [],
        ['x'],
        ['x', 3],
        [3, sum],
        ['x', sum, true],
        ['x', sum, { shapeless: 1 }],
        ['x', sum, { bogus: 1 }],
      ]) {
        fails(() => (mx.exporter as any)(...args), mlx.TypeError, /Signature: exporter/);
      }
      mx.exporter(file('kinds.mlxfn'), sum, (exporter) => {
        for (const args of [[1], [x(), 1], [null], [[x()], [x()]]]) {
          fails(() => (exporter as any)(...args), mlx.ValueError, /\[export_function\] Inputs can either/);
        }
      });
    });
  });

  describe('to a callback', () => {
    it('are described as in Python', () => {
      const program = `
def step(d):
    def plain(v):
        if isinstance(v, mx.Dtype):
            return str(v).split(".")[-1]
        if isinstance(v, (list, tuple)):
            return [plain(i) for i in v]
        return v
    show({k: plain(d[k]) for k in sorted(d)})
a = mx.arange(6, dtype=mx.float32).reshape(2, 3)
mx.export_function(step, lambda a, *, y: [mx.softmax(a * 2, -1)[:, 1:], mx.pad(a + y, 1).astype(mx.float16)], a, y=a)`;
      const expected = shownByPython(program);
      const a = mx.arange(6, { dtype: mx.float32 }).reshape([2, 3]);
      const found: unknown[] = [];
      const plain = (value: any): any =>
        value instanceof mx.Dtype ? value.key : Array.isArray(value) ? value.map(plain) : value;
      const step = (description: any) => {
        const keys = Object.keys(description).sort();
        found.push(bits(Object.fromEntries(keys.map((key) => [key, plain(description[key])]))));
      };
      mx.export_function(
        step,
        (a: any, { y }: any) => [
          mx.softmax(a.multiply(2), -1).get(':', '1:'),
          mx.pad(a.add(y), 1).astype(mx.float16),
        ],
        a,
        { y: a },
      );
      assert.deepEqual(found, expected);
    });
  });

  describe('once imported', () => {
    it('can be transformed', () => {
      const path = file('transformed.mlxfn');
      const fun = (a: any) => mx.exp(a).multiply(a).sum();
      const a = mx.array([0.5, -1, 2]);
      mx.export_function(path, fun, a);
      const imported = mx.import_function(path);
      const first = (x: any) => imported(x)[0]!;
      assert.deepEqual(bits(mx.grad(first)(a)), bits(mx.grad(fun)(a)));
      assert.deepEqual(
        bits(mx.grad((x: any) => mx.grad(first)(x).sum())(a)),
        bits(mx.grad((x: any) => mx.grad(fun)(x).sum())(a)),
      );
      const rows = mx.stack([a, a.add(1)]);
      assert.deepEqual(bits(mx.vmap(first)(rows)), bits(mx.vmap(fun)(rows)));
      assert.deepEqual(bits(mx.compile(first)(a)), bits(mx.compile(fun)(a)));
    });

    it('work in a worker', async () => {
      const path = file('worker.mlxfn');
      mx.export_function(path, (a: any) => a.add(mx.array([1, 2, 3])), mx.zeros([3]));
      const source = `import('mlx').then(({ core: mx }) => {
        const imported = mx.import_function(${JSON.stringify(path)});
        require('node:worker_threads').parentPort.postMessage(imported(mx.ones([3]))[0].tolist());
      })`;
      const worker = new Worker(source, { eval: true });
      const message = await new Promise((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      );
      await worker.terminate();
      assert.deepEqual(message, [2, 3, 4]);
    });

    it('are freed with their files when they are collected, and so are exporters', () => {
      const path = file('life.mlxfn');
      const weight = mx.ones([1000]);
      mx.eval(weight);
      mx.export_function(path, (a: any) => a.add(weight), mx.zeros([1000]));
      const openFiles = () => readdirSync('/proc/self/fd').length;
      mlx.native.collect();
      const [files, live] = [openFiles(), mlx.native.liveObjects()];
      for (let i = 0; i < 300; i++) {
        const imported = mx.import_function(path);
        assert.equal(
          imported(mx.ones([1000]))[0]!
            .get(0)
            .item(),
          2,
        );
        // The function refers to its exporter.
        const exporter: any = mx.exporter(file(`life${i % 3}.mlxfn`), (a: any) =>
          exporter ? a.add(weight) : a,
        );
        exporter(mx.zeros([1000]));
      }
      mlx.native.collect();
      mlx.native.collect();
      assert.ok(openFiles() <= files + 2, `${openFiles()} files are open, ${files} before`);
      assert.ok(
        mlx.native.liveObjects() <= live + 2,
        `${mlx.native.liveObjects()} arrays live, ${live} before`,
      );
    });

    it('are freed in a loop that makes nothing else, before there are too many open files', () => {
      const path = file('many.mlxfn');
      mx.export_function(path, (a: any) => a.add(1), mx.zeros([2]));
      const openFiles = () => readdirSync('/proc/self/fd').length;
      const before = openFiles();
      let highest = 0;
      for (let i = 0; i < 1500; i++) {
        mx.import_function(path);
        if (i % 10 === 0) highest = Math.max(highest, openFiles() - before);
      }
      assert.ok(highest < 300, `${highest} files were open at once`);
    });

    it('and exporters may be alive when the process ends', () => {
      const source = `
        import { core as mx } from 'mlx';
        const path = ${JSON.stringify(file('end.mlxfn'))};
        mx.export_function(path, (a) => a.add(mx.ones([3])), mx.zeros([3]));
        globalThis.imported = mx.import_function(path);
        globalThis.result = imported(mx.ones([3]));
        globalThis.exporter = mx.exporter(path + '2', (a) => a);
        exporter(mx.ones([2]));
        console.log('done');`;
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(run.stdout, 'done\n');
    });
  });

  describe('damaged', () => {
    it('end in errors', () => {
      const a = mx.ones([3]);
      const path = file('whole.mlxfn');
      mx.export_function(path, (x: any) => x.add(mx.array([1, 2, 3], mx.float32)), a);
      const whole = readFileSync(path);
      for (let length = 0; length < whole.length; length++) {
        writeFileSync(file('cut.mlxfn'), whole.subarray(0, length));
        fails(() => mx.import_function(file('cut.mlxfn')), mlx.RuntimeError, /is damaged: /);
      }
      for (const garbage of ['x', 'garbage'.repeat(30), '\0'.repeat(100), '\xff'.repeat(100)]) {
        writeFileSync(file('garbage.mlxfn'), garbage, 'latin1');
        const isEmptyTable = garbage.startsWith('\0');
        if (isEmptyTable)
          fails(
            () => mx.import_function(file('garbage.mlxfn'))(a),
            mlx.ValueError,
            /No imported function found/,
          );
        else fails(() => mx.import_function(file('garbage.mlxfn')), mlx.RuntimeError, /is damaged: /);
      }
      // A shape that belongs to no sum of the inputs.
      const at = whole.lastIndexOf(Buffer.from([3, 0, 0, 0, 10]));
      const other = Buffer.from(whole);
      other[at] = 200;
      writeFileSync(file('shape.mlxfn'), other);
      fails(
        () => mx.import_function(file('shape.mlxfn')),
        mlx.RuntimeError,
        /Add is impossible: its outputs have another shape/,
      );
    });

    it('never end the process', function () {
      this.timeout(120_000);
      const run = spawnSync(process.execPath, ['tests/node/import_damaged.mjs', dir, '20251120', '2500'], {
        encoding: 'utf8',
        timeout: 110_000,
      });
      assert.equal(run.signal, null, run.stderr);
      assert.equal(run.status, 0, run.stderr);
      const outcomes = JSON.parse(run.stdout);
      assert.ok(outcomes.RuntimeError > 1000 && outcomes.ran > 10, run.stdout);
      assert.deepEqual(
        Object.keys(outcomes).filter(
          (name) => !['ran', 'RuntimeError', 'ValueError', 'IndexError'].includes(name),
        ),
        [],
      );
    });

    it('or not, have the primitives that MLX can read', () => {
      // One file for each class of the headers: MLX reads the state of the primitives that it knows, and finds the
      // file too short.
      const program = `
import re, struct, pathlib, mlx
include = pathlib.Path(mx.__file__).parent / "include" / "mlx"
text = (include / "primitives.h").read_text() + (include / "fast_primitives.h").read_text()
u64 = lambda n: struct.pack("<Q", n)
i32 = lambda n: struct.pack("<i", n)
word = lambda t: u64(len(t)) + t.encode()
names = {}
for name in re.findall(r"^class (?:MLX_API )?(\\w+)", text, re.M):
    array = u64(1) + i32(3) + i32(10) + b"\\4"
    head = word("0") + i32(1) + b"\\0" + word("") + u64(0) + u64(1) + u64(7) + u64(1) + array + u64(1) + u64(8)
    node = u64(1) + u64(8) + b"\\1" + u64(1) + u64(7) + i32(0) + i32(0) + i32(0) + word(name)
    pathlib.Path(name + ".mlxfn").write_bytes(head + node)
    try:
        mx.import_function(name + ".mlxfn")
    except Exception as error:
        names[name] = "Unable to deserialize" not in str(error)
print(json.dumps(names))`;
      const known = JSON.parse(runPython(program, dir)) as Record<string, boolean>;
      assert.ok(Object.values(known).filter(Boolean).length > 100);
      for (const [name, isKnown] of Object.entries(known)) {
        const [type, message] = isKnown
          ? [mlx.RuntimeError, /damaged/]
          : [mlx.ValueError, /Unable to deserialize primitive/];
        fails(() => mx.import_function(file(`${name}.mlxfn`)), type, message as RegExp);
      }
    });
  });

  describe('as graphs in DOT', () => {
    /** Numbers name operations: addresses, which differ from run to run. */
    function renumbered(text: string): string {
      const numbers = new Map<string, number>();
      return text.replace(/\d{4,}/g, (address) => {
        if (!numbers.has(address)) numbers.set(address, numbers.size);
        return `#${numbers.get(address)}`;
      });
    }

    it('are the same as in Python', () => {
      const program = `
import io
x = mx.array([1.0, 2.0]); y = mx.array([3.0, 4.0])
out = io.StringIO()
mx.export_to_dot(out, mx.exp(x + y) * x, [y * 2], x=x, y=y)
show(out.getvalue())`;
      const [expected] = shownByPython(program) as [string];
      const [x, y] = [mx.array([1, 2], mx.float32), mx.array([3, 4], mx.float32)];
      const graph = () => [mx.exp(x.add(y)).multiply(x), [y.multiply(mx.float(2))], { x, y }];
      let text = '';
      const write = (part: any) => {
        text += part;
      };
      mx.export_to_dot({ write }, ...graph());
      assert.equal(renumbered(text), renumbered(expected));
      mx.export_to_dot(file('graph.dot'), ...graph());
      assert.equal(renumbered(readFileSync(file('graph.dot'), 'utf8')), renumbered(expected));
    });

    it('or say what is wrong', () => {
      const x = mx.ones([2]);
      const sink = { write: () => {} };
      fails(() => mx.export_to_dot({} as any, x), mlx.ValueError, /\[export_to_dot\] Accepts/);
      fails(() => (mx.export_to_dot as any)(), mlx.TypeError, /Signature: export_to_dot/);
      fails(() => mx.export_to_dot(sink, 3), mlx.ValueError, /should contain only arrays/);
      fails(() => mx.export_to_dot(sink, x, { y: 3 }), mlx.ValueError, /should contain only arrays/);
      fails(() => mx.export_to_dot(sink, x, { y: [x] }), mlx.RuntimeError, /one array/);
      fails(() => mx.export_to_dot(join(dir, 'absent', 'x'), x), mlx.RuntimeError, /Failed to write/);
    });
  });
});
