// mx.load and the save functions: round trips, what files may be named by, Python's files, and errors.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import mlx, { core as mx } from 'mlx';

const python = process.env.PYTHON ?? 'build/venv/bin/python';

describe('files', () => {
  let dir: string;
  let liveBefore: number;
  const file = (name: string) => join(dir, name);

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'mlx-files-'));
    mlx.native.collect();
    liveBefore = mlx.native.liveObjects();
  });

  after(() => {
    rmSync(dir, { recursive: true });
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() <= liveBefore, 'arrays were left behind');
  });

  /** Runs Python in the test's folder; returns what it printed, as JSON. */
  function runPython(code: string): any {
    const preamble = 'import json\nimport numpy as np\nimport mlx.core as mx\n';
    const command = python.includes('/') ? resolve(python) : python;
    const run = spawnSync(command, ['-c', preamble + code], {
      cwd: dir,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(run.stdout);
  }

  const DTYPES = [
    'bool_',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'int8',
    'int16',
    'int32',
    'int64',
    'float16',
    'bfloat16',
    'float32',
    'complex64',
  ] as const;

  function sample(dtype: (typeof DTYPES)[number]): any {
    return mx
      .array([
        [1, 0, 3],
        [4, 5, 6],
      ])
      .astype(mx[dtype]);
  }

  describe('npy', () => {
    for (const dtype of DTYPES) {
      it(`keeps ${dtype}`, () => {
        mx.save(file(`${dtype}.npy`), sample(dtype));
        const loaded = mx.load(file(`${dtype}.npy`));
        assert.equal(loaded.dtype, mx[dtype]);
        assert.deepEqual(loaded.tolist(), sample(dtype).tolist());
      });
    }

    it('keeps float64', () => {
      mx.save(file('f64.npy'), mx.array([1.1, 2.2], { dtype: mx.float64 }));
      const loaded = mx.load(file('f64.npy'), { stream: mx.cpu });
      assert.equal(loaded.dtype, mx.float64);
      assert.deepEqual(loaded.tolist(), [1.1, 2.2]);
    });

    it('keeps shapes: none, empty, transposed, strided', () => {
      const shapes: [string, any][] = [
        ['scalar', mx.array(3.5)],
        ['empty', mx.zeros([0, 3])],
        ['transposed', mx.arange(6).reshape([2, 3]).T],
        ['strided', mx.arange(10).get('::3')],
        ['deep', mx.arange(24).reshape([1, 2, 3, 1, 4])],
      ];
      for (const [name, value] of shapes) {
        mx.save(file(name), value);
        const loaded = mx.load(file(`${name}.npy`));
        assert.deepEqual(loaded.shape, value.shape, name);
        assert.deepEqual(loaded.tolist(), value.tolist(), name);
      }
    });

    it('reads a named file when the array is evaluated', () => {
      mx.save(file('lazy.npy'), mx.array([1, 2, 3], mx.uint8));
      const loaded = mx.load(file('lazy.npy'));
      const bytes = readFileSync(file('lazy.npy'));
      bytes[bytes.length - 1] = 7;
      writeFileSync(file('lazy.npy'), bytes);
      assert.deepEqual(loaded.tolist(), [1, 2, 7]);
    });

    it('throws at evaluation where the file was cut since', () => {
      mx.save(file('cut.npy'), mx.arange(1000));
      const loaded = mx.load(file('cut.npy'));
      writeFileSync(file('cut.npy'), readFileSync(file('cut.npy')).subarray(0, 500));
      assert.throws(() => mx.eval(loaded), mlx.RuntimeError);
      assert.equal(mx.add(mx.array(1), 1).item(), 2);
    });

    it('overwrites the file that the array is read from', () => {
      mx.save(file('same.npy'), mx.array([1, 2, 3]));
      mx.save(file('same.npy'), mx.add(mx.load(file('same.npy')), 1));
      assert.deepEqual(mx.load(file('same.npy')).tolist(), [2, 3, 4]);
    });
  });

  describe('what load takes', () => {
    let bytes: Buffer;
    const values = [1, 2, 3];
    before(() => {
      mx.save(file('source.npy'), mx.array(values));
      bytes = readFileSync(file('source.npy'));
    });
    const npy = { format: 'npy' } as const;

    it('a path, and a file: URL', () => {
      assert.deepEqual(mx.load(file('source.npy')).tolist(), values);
      assert.deepEqual(mx.load(pathToFileURL(file('source.npy'))).tolist(), values);
      assert.deepEqual(mx.load(file('source.npy'), 'npy', false).tolist(), values);
    });

    it('a Buffer, a typed array, an ArrayBuffer, shared memory', () => {
      const memory = new Uint8Array(bytes).buffer;
      const shared = new SharedArrayBuffer(bytes.length);
      new Uint8Array(shared).set(bytes);
      const shifted = new Uint8Array(bytes.length + 5);
      shifted.set(bytes, 5);
      for (const source of [
        bytes,
        memory,
        new DataView(memory),
        shared,
        new Uint8Array(shared),
        shifted.subarray(5),
      ]) {
        assert.deepEqual(mx.load(source, npy).tolist(), values);
      }
    });

    it('a Buffer that changes afterwards', () => {
      const own = Buffer.from(bytes);
      const loaded = mx.load(own, npy);
      own.fill(0);
      assert.deepEqual(loaded.tolist(), values);
    });

    it('a descriptor, and a FileHandle', async () => {
      const descriptor = openSync(file('source.npy'), 'r');
      assert.deepEqual(mx.load(descriptor, npy).tolist(), values);
      closeSync(descriptor);
      const handle = await open(file('source.npy'));
      assert.deepEqual(mx.load(handle, npy).tolist(), values);
      await handle.close();
    });
  });

  describe('what save writes to', () => {
    const array = () => mx.array([1, 2, 3]);
    let expected: Buffer;
    before(() => {
      mx.save(file('expected.npy'), array());
      expected = readFileSync(file('expected.npy'));
    });

    it('a path, to which the extension is added, and a file: URL', () => {
      mx.save(file('plain'), array());
      assert.deepEqual(readFileSync(file('plain.npy')), expected);
      mx.save(pathToFileURL(file('url.npy')), array());
      assert.deepEqual(readFileSync(file('url.npy')), expected);
      mx.save({ file: file('named'), arr: array() });
      assert.deepEqual(readFileSync(file('named.npy')), expected);
    });

    it('an object with write', () => {
      const pieces: Uint8Array[] = [];
      mx.save({ write: (piece: Uint8Array) => pieces.push(piece) && undefined }, array());
      assert.deepEqual(Buffer.concat(pieces), expected);
    });

    it('a descriptor, and a FileHandle', async () => {
      const descriptor = openSync(file('fd.npy'), 'w');
      mx.save(descriptor, array());
      closeSync(descriptor);
      assert.deepEqual(readFileSync(file('fd.npy')), expected);
      const handle = await open(file('handle.npy'), 'w');
      mx.save(handle, array());
      await handle.close();
      assert.deepEqual(readFileSync(file('handle.npy')), expected);
    });

    it('a stream', async () => {
      const stream = createWriteStream(file('stream.npy'));
      mx.save(stream, array());
      await new Promise((resolve) => stream.end(resolve));
      assert.deepEqual(readFileSync(file('stream.npy')), expected);
    });

    it('an object that fails: its error passes through', () => {
      const error = new RangeError('full');
      const full = {
        write() {
          throw error;
        },
      };
      for (const attempt of [
        () => mx.save(full, array()),
        () => mx.savez(full, array()),
        () => mx.save_safetensors(full, { a: array() }),
      ]) {
        assert.throws(attempt, (thrown) => thrown === error);
      }
      assert.throws(() => mx.save({ write: () => 3 }, array()), mlx.RuntimeError);
      assert.throws(() => mx.save({ write: async () => 3 }, array()), mlx.TypeError);
    });

    it('an array larger than one piece', () => {
      const size = 5_000_000;
      mx.savez(file('large.npz'), mx.arange(size));
      mx.savez_compressed(file('large_compressed.npz'), mx.arange(size));
      for (const name of ['large', 'large_compressed']) {
        const { arr_0 } = mx.load(file(`${name}.npz`));
        assert.ok(mx.array_equal(arr_0, mx.arange(size)).item(), name);
      }
    });
  });

  describe('npz', () => {
    for (const save of ['savez', 'savez_compressed'] as const) {
      it(`${save} keeps unnamed and named arrays`, () => {
        mx[save](file('a'), mx.array([1]), mx.array([2]), {
          b: mx.array([3]),
          'c/d': mx.array([4]),
          'é€😀': mx.array([5]),
        });
        const loaded = mx.load(file('a.npz'));
        const lists = Object.fromEntries(
          Object.entries(loaded).map(([name, value]: [string, any]) => [name, value.tolist()]),
        );
        assert.deepEqual(lists, { arr_0: [1], arr_1: [2], b: [3], 'c/d': [4], 'é€😀': [5] });
      });
    }

    it('keeps names that are special to JavaScript', () => {
      mx.savez(
        file('proto'),
        new Map([
          ['__proto__', mx.array([1])],
          ['constructor', mx.array([2])],
        ]),
      );
      const loaded = mx.load(file('proto.npz'));
      assert.deepEqual(Object.keys(loaded), ['__proto__', 'constructor']);
      assert.equal(Object.getPrototypeOf(loaded), Object.prototype);
    });

    it('compresses', () => {
      mx.savez(file('stored'), mx.zeros([1000]));
      mx.savez_compressed(file('deflated'), mx.zeros([1000]));
      assert.ok(readFileSync(file('deflated.npz')).length < readFileSync(file('stored.npz')).length / 10);
    });

    it('gives the same bytes for the same arrays', () => {
      mx.savez(file('first'), { a: mx.arange(5) });
      mx.savez(file('second'), { a: mx.arange(5) });
      assert.deepEqual(readFileSync(file('first.npz')), readFileSync(file('second.npz')));
    });

    it('may be empty', () => {
      mx.savez(file('empty'));
      assert.deepEqual(mx.load(file('empty.npz')), {});
    });

    it('loads from memory and saves to an object', () => {
      const pieces: Uint8Array[] = [];
      mx.savez({ write: (piece: Uint8Array) => pieces.push(piece) && undefined }, { a: mx.arange(3) });
      assert.deepEqual(mx.load(Buffer.concat(pieces), { format: 'npz' }).a.tolist(), [0, 1, 2]);
    });

    it('reads an archive with bytes before it', () => {
      mx.savez(file('plain'), { a: mx.arange(3) });
      writeFileSync(
        file('shifted.npz'),
        Buffer.concat([Buffer.from('#!/bin/sh\n'), readFileSync(file('plain.npz'))]),
      );
      assert.deepEqual(mx.load(file('shifted.npz')).a.tolist(), [0, 1, 2]);
    });

    it('keeps no half-written archive of arrays that cannot be evaluated', () => {
      mx.save(file('gone.npy'), mx.arange(1000));
      const gone = mx.load(file('gone.npy'));
      writeFileSync(file('gone.npy'), '');
      mx.savez(file('kept'), mx.array([1]));
      assert.throws(() => mx.savez(file('kept'), gone), mlx.RuntimeError);
      assert.deepEqual(mx.load(file('kept.npz')).arr_0.tolist(), [1]);
    });
  });

  describe('safetensors', () => {
    it('keeps arrays and metadata', () => {
      const arrays = Object.fromEntries(DTYPES.map((dtype) => [dtype, sample(dtype)]));
      mx.save_safetensors(file('all'), arrays, { key: 'value', 'é€😀': '' });
      const [loaded, metadata] = mx.load(file('all.safetensors'), { return_metadata: true });
      assert.deepEqual(metadata, { key: 'value', 'é€😀': '' });
      assert.deepEqual(Object.keys(loaded).sort(), [...DTYPES].sort());
      for (const dtype of DTYPES) {
        assert.equal(loaded[dtype].dtype, mx[dtype]);
        assert.deepEqual(loaded[dtype].tolist(), arrays[dtype].tolist());
      }
    });

    it('tells options from dictionaries', () => {
      const w = mx.arange(3);
      const list = () => {
        const loaded = mx.load(file('o.safetensors'), { return_metadata: true });
        return [Object.keys(loaded[0]), loaded[1]];
      };
      mx.save_safetensors({ file: file('o'), arrays: { w }, metadata: { a: 'b' } });
      assert.deepEqual(list(), [['w'], { a: 'b' }]);
      mx.save_safetensors(file('o'), { arrays: { w }, metadata: { a: 'b' } });
      assert.deepEqual(list(), [['w'], { a: 'b' }]);
      mx.save_safetensors(file('o'), { w }, { metadata: { a: 'b' } });
      assert.deepEqual(list(), [['w'], { a: 'b' }]);
      mx.save_safetensors(file('o'), { arrays: w }, { metadata: 'b' });
      assert.deepEqual(list(), [['arrays'], { metadata: 'b' }]);
      mx.save_safetensors(file('o'), {}, null);
      assert.deepEqual(list(), [[], {}]);
      mx.save_safetensors(file('o'), new Map([['w', w]]), new Map([['a', 'b']]));
      assert.deepEqual(list(), [['w'], { a: 'b' }]);
    });

    it('loads from memory', () => {
      mx.save_safetensors(file('memory'), { a: mx.arange(3), z: mx.zeros([0, 2]), s: mx.array(1.5) });
      const loaded = mx.load(readFileSync(file('memory.safetensors')), { format: 'safetensors' });
      assert.deepEqual(loaded.a.tolist(), [0, 1, 2]);
      assert.deepEqual(loaded.z.shape, [0, 2]);
      assert.equal(loaded.s.item(), 1.5);
    });

    it('writes to an object', () => {
      const pieces: Uint8Array[] = [];
      mx.save_safetensors(
        { write: (piece: Uint8Array) => pieces.push(piece) && undefined },
        { a: mx.arange(3) },
      );
      assert.deepEqual(mx.load(Buffer.concat(pieces), { format: 'safetensors' }).a.tolist(), [0, 1, 2]);
    });

    it('holds more arrays than one call returns otherwise', () => {
      const count = 20_000;
      const one = mx.array(1);
      mx.save_safetensors(
        file('many'),
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, one])),
      );
      assert.equal(Object.keys(mx.load(file('many.safetensors'))).length, count);
    });
  });

  describe('gguf', () => {
    it('keeps arrays and metadata', () => {
      const arrays = {
        f: mx.array([
          [1.5, 2],
          [3, 4],
        ]),
        h: mx.array([1, 2], mx.float16),
        i: mx.array([3], mx.int8),
      };
      const metadata = {
        text: 'é',
        list: ['a', 'bc', ''],
        none: [],
        number: mx.array(3),
        many: mx.array([1, 2], mx.uint16),
      };
      mx.save_gguf(file('g'), arrays, metadata);
      const [loaded, data] = mx.load(file('g.gguf'), { return_metadata: true });
      assert.deepEqual(loaded.f.tolist(), [
        [1.5, 2],
        [3, 4],
      ]);
      assert.equal(loaded.h.dtype, mx.float16);
      assert.deepEqual(loaded.i.tolist(), [3]);
      assert.equal(data.text, 'é');
      assert.deepEqual(data.list, ['a', 'bc', '']);
      assert.deepEqual(data.none, []);
      assert.equal(data.number.item(), 3);
      assert.deepEqual(data.many.tolist(), [1, 2]);
      assert.deepEqual(Object.keys(mx.load(file('g.gguf'))).sort(), ['f', 'h', 'i']);
    });

    it('needs no metadata', () => {
      mx.save_gguf(file('plain'), { a: mx.array([1.5]) });
      assert.deepEqual(mx.load(file('plain.gguf'), { return_metadata: true })[1], {});
    });
  });

  describe('Python', () => {
    it('reads what was saved here', () => {
      mx.save(file('n_a'), mx.arange(6).reshape([2, 3]).T);
      mx.save(file('n_b'), mx.array([1, 2], mx.bfloat16));
      mx.savez(file('n_z'), mx.arange(3), { é: mx.array([true, false]), c: mx.array([mx.complex(1, 2)]) });
      mx.savez_compressed(file('n_zc'), { a: mx.arange(1000) });
      mx.save_safetensors(file('n_s'), { a: mx.arange(3), h: mx.array([0.5], mx.float16) }, { k: 'v' });
      mx.save_gguf(file('n_g'), { a: mx.array([0.5]) }, { l: ['x', 'y'], n: mx.array(3) });
      const got = runPython(`
z, zn = mx.load("n_z.npz"), np.load("n_z.npz")
s, sm = mx.load("n_s.safetensors", return_metadata=True)
g, gm = mx.load("n_g.gguf", return_metadata=True)
print(json.dumps([
  mx.load("n_a.npy").tolist(), np.load("n_a.npy").tolist(),
  [str(mx.load("n_b.npy").dtype), mx.load("n_b.npy").tolist()],
  sorted(z), z["arr_0"].tolist(), z["é"].tolist(), str(z["c"].tolist()), sorted(zn), zn["arr_0"].tolist(),
  sum(mx.load("n_zc.npz")["a"].tolist()), int(np.load("n_zc.npz")["a"].sum()),
  s["a"].tolist(), s["h"].tolist(), sm, g["a"].tolist(), gm["l"], gm["n"].item(),
]))`);
      const transposed = [
        [0, 3],
        [1, 4],
        [2, 5],
      ];
      assert.deepEqual(got, [
        transposed,
        transposed,
        ['mlx.core.bfloat16', [1, 2]],
        ['arr_0', 'c', 'é'],
        [0, 1, 2],
        [true, false],
        '[(1+2j)]',
        ['arr_0', 'c', 'é'],
        [0, 1, 2],
        499500,
        499500,
        [0, 1, 2],
        [0.5],
        { k: 'v' },
        [0.5],
        ['x', 'y'],
        3,
      ]);
    });

    it('writes what is read here', () => {
      const bytes = runPython(`
mx.save("p_a.npy", mx.arange(6).reshape(2, 3).T)
mx.save("p_b.npy", mx.array([1, 2], dtype=mx.bfloat16))
np.save("p_big.npy", np.array([[1, 2], [3, 4]], dtype=">i4"))
np.save("p_fortran.npy", np.asfortranarray(np.arange(6).reshape(2, 3)))
np.savez("p_z.npz", np.arange(3), **{"é": np.array([True, False])})
np.savez_compressed("p_zc.npz", a=np.arange(1000))
mx.savez("p_mz.npz", mx.arange(3), b=mx.array([1.5]))
import zipfile
zipfile.ZIP64_LIMIT = zipfile.ZIP_FILECOUNT_LIMIT = 0  # what archives beyond 4 GiB look like
np.savez("p_wide.npz", a=np.arange(3), b=np.arange(4))
mx.save_safetensors("p_s", {"a": mx.arange(3), "h": mx.array([0.5], dtype=mx.float16)}, {"k": "v"})
mx.save_gguf("p_g", {"a": mx.array([0.5])}, {"l": ["x", "y"], "n": mx.array(3)})
print(json.dumps(list(open("p_a.npy", "rb").read())))`);
      mx.save(file('same_as_python'), mx.arange(6).reshape([2, 3]).T);
      assert.deepEqual([...readFileSync(file('same_as_python.npy'))], bytes);
      assert.deepEqual(mx.load(file('p_a.npy')).tolist(), [
        [0, 3],
        [1, 4],
        [2, 5],
      ]);
      assert.equal(mx.load(file('p_b.npy')).dtype, mx.bfloat16);
      assert.deepEqual(mx.load(file('p_big.npy')).tolist(), [
        [1, 2],
        [3, 4],
      ]);
      assert.deepEqual(mx.load(file('p_fortran.npy')).tolist(), [
        [0, 1, 2],
        [3, 4, 5],
      ]);
      const z = mx.load(file('p_z.npz'));
      assert.deepEqual(Object.keys(z).sort(), ['arr_0', 'é']);
      assert.equal(z.arr_0.dtype, mx.int64);
      assert.deepEqual(z.é.tolist(), [true, false]);
      assert.equal(mx.sum(mx.load(file('p_zc.npz')).a).item(), 499500);
      assert.deepEqual(mx.load(file('p_mz.npz')).b.tolist(), [1.5]);
      assert.deepEqual(mx.load(file('p_wide.npz')).b.tolist(), [0, 1, 2, 3]);
      const [s, metadata] = mx.load(file('p_s.safetensors'), { return_metadata: true });
      assert.deepEqual([s.a.tolist(), s.h.tolist(), metadata], [[0, 1, 2], [0.5], { k: 'v' }]);
      const [g, data] = mx.load(file('p_g.gguf'), { return_metadata: true });
      assert.deepEqual([g.a.tolist(), data.l, data.n.item()], [[0.5], ['x', 'y'], 3]);
    });
  });

  describe('errors', () => {
    // Calls that the types forbid.
    const mx: any = mlx.core;
    const a = () => mx.arange(3);
    // The classes are Python MLX's.
    const cases: [name: string, call: () => unknown, type: any, message: RegExp][] = [
      [
        'a missing npy file',
        () => mx.load('missing.npy'),
        mlx.RuntimeError,
        /^load\(\): cannot open 'missing\.npy': ENOENT/,
      ],
      ['a missing npz file', () => mx.load('missing.npz'), mlx.ValueError, /cannot open 'missing\.npz'/],
      ['a missing safetensors file', () => mx.load('missing.safetensors'), mlx.RuntimeError, /cannot open/],
      ['a missing gguf file', () => mx.load('missing.gguf'), mlx.ValueError, /cannot open/],
      ['no extension', () => mx.load('missing'), mlx.ValueError, /cannot be inferred/],
      ['an unknown extension', () => mx.load('missing.foo'), mlx.ValueError, /unknown file format 'foo'/],
      [
        'an inherited name as format',
        () => mx.load('a', 'constructor'),
        mlx.ValueError,
        /unknown file format/,
      ],
      ['bytes without a format', () => mx.load(Buffer.alloc(10)), mlx.ValueError, /cannot be inferred/],
      ['no file', () => mx.load(), mlx.TypeError, /missing argument 'file'/],
      ['null as file', () => mx.load(null), mlx.TypeError, /must be a path/],
      ['an object as file', () => mx.load(new Date(), 'npy'), mlx.ValueError, /got Date/],
      ['a closed descriptor', () => mx.load(2 ** 30, 'npy'), Error, /EBADF/],
      [
        'an unknown keyword',
        () => mx.load('a.npy', { fromat: 'npy' }),
        mlx.TypeError,
        /unknown keyword 'fromat'/,
      ],
      ['a format that is no string', () => mx.load('a.npy', 3), mlx.TypeError, /'format' must be a string/],
      [
        'metadata of an npy file',
        () => mx.load('a.npy', { return_metadata: true }),
        mlx.ValueError,
        /no metadata/,
      ],
      ['a stream that is none', () => mx.load('a.npy', { stream: 'cpu' }), mlx.TypeError, /'stream'/],
      ['a null character', () => mx.load('a\0.npy'), mlx.ValueError, /null character/],
      ['a web address', () => mx.load(new URL('https://example.org/a.npy')), mlx.ValueError, /file: URLs/],
      ['gguf in memory', () => mx.load(Buffer.alloc(100), 'gguf'), mlx.ValueError, /path/],

      ['save into a missing folder', () => mx.save('missing/a', a()), mlx.RuntimeError, /missing\/a\.npy/],
      ['save of no array', () => mx.save('a', 3), mlx.TypeError, /'arr' must be an array/],
      ['save to nothing', () => mx.save(null, a()), mlx.TypeError, /'file'/],
      ['save to an object without write', () => mx.save({ a: 1 } as any, a()), mlx.ValueError, /write/],
      ['save with too much', () => mx.save('a', a(), a()), mlx.TypeError, /Signature: save/],
      [
        'savez into a missing folder',
        () => mx.savez('missing/a', a()),
        mlx.RuntimeError,
        /^savez\(\): cannot write 'missing\/a\.npz': ENOENT/,
      ],
      ['savez of no array', () => mx.savez('a', 3), mlx.RuntimeError, /'arr_0' must be an array, got number/],
      ['savez with a name twice', () => mx.savez('a', a(), { arr_0: a() }), mlx.ValueError, /arr_0/],
      ['savez without a file', () => mx.savez(), mlx.TypeError, /'file'/],
      ['savez with two files', () => mx.savez('a', { file: 'b' }), mlx.TypeError, /given twice/],
      ['savez of half a surrogate', () => mx.savez('a', { '\ud800': a() }), mlx.RuntimeError, /UTF-8/],
      [
        'save_safetensors into a missing folder',
        () => mx.save_safetensors('missing/a', { a: a() }),
        mlx.RuntimeError,
        /missing\/a\.safetensors/,
      ],
      [
        'save_safetensors of no arrays',
        () => mx.save_safetensors('a', [a()]),
        mlx.TypeError,
        /'arrays' must be a dictionary/,
      ],
      [
        'save_safetensors of a number',
        () => mx.save_safetensors('a', { a: 1 }),
        mlx.RuntimeError,
        /'a' must be an array/,
      ],
      [
        'save_safetensors of float64',
        () => mx.save_safetensors(file('f64'), { a: mx.array(1, mx.float64) }),
        mlx.RuntimeError,
        /invalid dtype/,
      ],
      [
        'save_safetensors with other metadata',
        () => mx.save_safetensors('a', { a: a() }, { k: 1 }),
        mlx.ValueError,
        /strings/,
      ],
      [
        'save_safetensors under __metadata__',
        () => mx.save_safetensors('a', { __metadata__: a() }),
        mlx.ValueError,
        /__metadata__/,
      ],
      ['save_gguf to an object', () => mx.save_gguf({ write() {} }, { a: a() }), mlx.ValueError, /path/],
      [
        'save_gguf into a missing folder',
        () => mx.save_gguf('missing/a', { a: a() }),
        mlx.RuntimeError,
        /gguf/,
      ],
      [
        'save_gguf of int64',
        () => mx.save_gguf(file('i64'), { a: mx.array(1, mx.int64) }),
        mlx.RuntimeError,
        /int64/,
      ],
      [
        'save_gguf with a number',
        () => mx.save_gguf('a', { a: a() }, { k: 1 }),
        mlx.RuntimeError,
        /metadata 'k'/,
      ],
      [
        'save_gguf with a list of numbers',
        () => mx.save_gguf('a', { a: a() }, { k: [1] }),
        mlx.RuntimeError,
        /metadata 'k'/,
      ],
      [
        'save_gguf with a matrix',
        () => mx.save_gguf(file('m'), { a: a() }, { k: mx.zeros([2, 2]) }),
        mlx.RuntimeError,
        /dimension/,
      ],
      [
        'save_gguf with float16 metadata',
        () => mx.save_gguf(file('m'), { a: a() }, { k: mx.array(1, mx.float16) }),
        mlx.ValueError,
        /float16/,
      ],
      [
        'save_gguf with 9 dimensions',
        () => mx.save_gguf('a', { a: mx.zeros([1, 1, 1, 1, 1, 1, 1, 1, 1]) }),
        mlx.ValueError,
        /8 dimensions/,
      ],
      [
        'save_gguf with another alignment',
        () => mx.save_gguf('a', { a: a() }, { 'general.alignment': mx.array(64, mx.uint32) }),
        mlx.ValueError,
        /alignment/,
      ],
    ];
    for (const [name, call, type, message] of cases) {
      it(name, () => {
        assert.throws(call, (error: any) => {
          assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
          assert.match(error.message, message);
          return true;
        });
      });
    }

    for (const [format, type] of [
      ['npy', 'RuntimeError'],
      ['npz', 'ValueError'],
      ['safetensors', 'RuntimeError'],
      ['gguf', 'RuntimeError'],
    ] as const) {
      it(`a folder, an empty file and noise as ${format}`, () => {
        mkdirSync(file(`folder.${format}`));
        writeFileSync(file(`nothing.${format}`), '');
        writeFileSync(
          file(`noise.${format}`),
          Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 131 + 17) % 251)),
        );
        for (const name of ['folder', 'nothing', 'noise']) {
          assert.throws(() => mx.load(file(`${name}.${format}`)), mlx[type], name);
        }
      });
    }

    it('a disposed array', () => {
      const gone = a();
      gone.dispose();
      assert.throws(() => mx.save(file('gone'), gone), mlx.ValueError);
      assert.throws(() => mx.savez(file('gone'), gone), mlx.ValueError);
      assert.throws(() => mx.save_safetensors(file('gone'), { gone }), mlx.ValueError);
      assert.throws(() => mx.save_gguf(file('gone'), { gone }), mlx.ValueError);
    });
  });
});
