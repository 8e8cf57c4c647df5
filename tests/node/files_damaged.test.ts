// Damaged files: every one must end in an error of the library, never in a crash, a hang or wrong data.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mlx, { core as mx } from 'mlx';

function uint(bytes: 1 | 2 | 4 | 8, value: number | bigint): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out.subarray(0, bytes);
}

/** An .npy file with a header as it stands. */
function npy(header: string, data = Buffer.alloc(24), version = 1): Buffer {
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from([version, 0]),
    uint(version === 1 ? 2 : 4, header.length),
    Buffer.from(header),
    data,
  ]);
}

function npyOf(descr: string, shape: string, fortran = 'False'): Buffer {
  return npy(`{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`);
}

/** A .safetensors file with 24 bytes of data; the header is JSON, or its text. */
function safetensors(header: unknown, length?: number | bigint): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return Buffer.concat([uint(8, length ?? text.length), text, Buffer.alloc(24)]);
}

const tensor = (dtype: unknown, shape: unknown, data_offsets: unknown) =>
  safetensors({ a: { dtype, shape, data_offsets } });

const text = (value: string | Buffer, length?: number | bigint) =>
  Buffer.concat([uint(8, length ?? Buffer.from(value).length), Buffer.from(value)]);

interface Gguf {
  version?: number;
  tensorCount?: number | bigint;
  metadataCount?: number | bigint;
  metadata?: Buffer[];
  tensors?: Buffer[];
  alignment?: number;
  data?: Buffer;
}

function gguf({
  version = 3,
  tensorCount,
  metadataCount,
  metadata = [],
  tensors = [w()],
  alignment = 32,
  data = Buffer.alloc(64),
}: Gguf): Buffer {
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint(4, version),
    uint(8, tensorCount ?? tensors.length),
    uint(8, metadataCount ?? metadata.length),
    ...metadata,
    ...tensors,
  ]);
  return Buffer.concat([head, Buffer.alloc(-head.length & (alignment - 1)), data]);
}

function w(
  shape: (number | bigint)[] = [4],
  type = 0,
  offset: number | bigint = 0,
  name: string | Buffer = 'w',
): Buffer {
  return Buffer.concat([
    text(name),
    uint(4, shape.length),
    ...shape.map((n) => uint(8, n)),
    uint(4, type),
    uint(8, offset),
  ]);
}

const entry = (key: string | Buffer, type: number, ...value: Buffer[]) =>
  Buffer.concat([text(key), uint(4, type), ...value]);

type Damage = [name: string, bytes: Buffer, type: 'RuntimeError' | 'ValueError', message: RegExp];

const DAMAGE: Record<string, Damage[]> = {
  npy: [
    ['a header longer than the file', npy('{}').subarray(0, 11), 'RuntimeError', /ends after 11 bytes/],
    [
      'a header of 4 GiB',
      Buffer.concat([Buffer.from('\x93NUMPY\x02\x00', 'latin1'), uint(4, 0xffffffff)]),
      'RuntimeError',
      /4294967295 bytes/,
    ],
    ['an unknown version', npy('{}', undefined, 9), 'RuntimeError', /version 9/],
    ['a short header', npy('{}'), 'RuntimeError', /its header is "\{\}"/],
    [
      'a header in another order',
      npy("{'shape': (2,), 'descr': '<i4', 'fortran_order': False}"),
      'RuntimeError',
      /its header/,
    ],
    ['a shape without spaces', npyOf('<i4', '(2,3)'), 'RuntimeError', /its header/],
    ['a negative dimension', npyOf('<i4', '(-2, -3)'), 'RuntimeError', /its header/],
    ['a dimension beyond 32 bits', npyOf('<i4', '(99999999999,)'), 'RuntimeError', /shape \[99999999999\]/],
    ['a product that overflows', npyOf('<i4', '(65536, 65536, 65536, 65536)'), 'RuntimeError', /shape/],
    [
      'an overflow beside a 0',
      npyOf('<i4', '(0, 2147483647, 2147483647, 2147483647)'),
      'RuntimeError',
      /shape/,
    ],
    ['more data than there is', npyOf('<i4', '(7,)'), 'RuntimeError', /28 bytes of data but has 24/],
    ['a shape that is none', npyOf('<i4', '(x)'), 'RuntimeError', /its header/],
    ['complex128', npyOf('<c16', '(1,)'), 'ValueError', /dtype '<c16'/],
    ['big-endian complex64', npyOf('>c8', '(1,)'), 'ValueError', /dtype '>c8'/],
    ['text', npyOf('<U3', '(1,)'), 'ValueError', /dtype/],
    ['Python objects', npyOf('|O', '(1,)'), 'ValueError', /dtype/],
    [
      'records',
      npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }"),
      'ValueError',
      /dtype/,
    ],
  ],
  safetensors: [
    ['a header of 2**60 bytes', safetensors({}, 2n ** 60n), 'RuntimeError', /header is/],
    ['a header of no bytes', safetensors({}, 0), 'RuntimeError', /header is 0 bytes/],
    ['a header longer than the file', safetensors({}, 1000), 'RuntimeError', /1000 bytes at 8/],
    ['no JSON', safetensors('{"a":'), 'RuntimeError', /not JSON/],
    ['deep JSON', safetensors('['.repeat(200_000)), 'RuntimeError', /not JSON/],
    ['no object', safetensors([]), 'RuntimeError', /not a JSON object/],
    ['a number as tensor', safetensors({ a: 1 }), 'RuntimeError', /not described/],
    ['a number as metadata', safetensors({ __metadata__: 3 }), 'RuntimeError', /metadata/],
    ['numbers in metadata', safetensors({ __metadata__: { a: 3 } }), 'RuntimeError', /metadata/],
    ['an unknown dtype', tensor('F4', [2], [0, 1]), 'RuntimeError', /dtype "F4"/],
    ['an inherited name as dtype', tensor('constructor', [2], [0, 1]), 'RuntimeError', /dtype/],
    ['negative dimensions', tensor('F32', [-2, -3], [0, 24]), 'RuntimeError', /shape/],
    ['a dimension of 2**32 + 2', tensor('F32', [2 ** 32 + 2], [0, 8]), 'RuntimeError', /shape/],
    ['100000 dimensions', tensor('F32', Array(100_000).fill(1), [0, 4]), 'RuntimeError', /100000 dimensions/],
    ['half a dimension', tensor('F32', [2.5], [0, 8]), 'RuntimeError', /shape/],
    [
      'a product that overflows to 0',
      tensor('F32', [65536, 65536, 65536, 65536], [0, 0]),
      'RuntimeError',
      /shape/,
    ],
    [
      'offsets near 2**64',
      safetensors(
        '{"a":{"dtype":"F32","shape":[2],"data_offsets":[18446744073709551600,18446744073709551608]}}',
      ),
      'RuntimeError',
      /at \[/,
    ],
    ['three offsets', tensor('F32', [2], [0, 8, 9]), 'RuntimeError', /at \[/],
    ['no offsets', tensor('F32', [2], undefined), 'RuntimeError', /at undefined/],
    ['offsets beyond the data', tensor('F32', [7], [0, 28]), 'RuntimeError', /24 bytes of data/],
    ['offsets for another size', tensor('F32', [2], [0, 4]), 'RuntimeError', /needs 8 bytes/],
    [
      'text that is not UTF-8',
      Buffer.concat([uint(8, 4), Buffer.from('{"\xff"', 'latin1')]),
      'RuntimeError',
      /UTF-8/,
    ],
  ],
  gguf: [
    ['version 1', gguf({ version: 1 }), 'RuntimeError', /version 1/],
    ['2**60 tensors', gguf({ tensorCount: 2n ** 60n }), 'RuntimeError', /damaged/],
    ['2**60 metadata', gguf({ metadataCount: 2n ** 60n }), 'RuntimeError', /damaged/],
    ['a name of 2**62 bytes', gguf({ tensors: [text('w', 2n ** 62n)] }), 'RuntimeError', /name is/],
    [
      'a string of 2**64 - 8 bytes',
      gguf({ metadata: [entry('a', 8, uint(8, 2n ** 64n - 8n))] }),
      'RuntimeError',
      /in the middle/,
    ],
    [
      'a list of 2**63 strings',
      gguf({ metadata: [entry('a', 9, uint(4, 8), uint(8, 2n ** 63n))] }),
      'RuntimeError',
      /items/,
    ],
    [
      'a list longer than the file',
      gguf({ metadata: [entry('a', 9, uint(4, 10), uint(8, 90))] }),
      'RuntimeError',
      /in the middle/,
    ],
    ['a nested list', gguf({ metadata: [entry('a', 9, uint(4, 9), uint(8, 1))] }), 'ValueError', /nested/],
    [
      'an unknown value type',
      gguf({ metadata: [entry('a', 77, uint(8, 1))] }),
      'RuntimeError',
      /unknown type 77/,
    ],
    [
      'a float64 value',
      gguf({ metadata: [entry('a', 12, uint(8, 1)), entry('b', 8, text('c'))] }),
      'RuntimeError',
      /float64/,
    ],
    [
      'a list of float64',
      gguf({ metadata: [entry('a', 9, uint(4, 12), uint(8, 1), uint(8, 1))] }),
      'RuntimeError',
      /float64/,
    ],
    [
      'an alignment of 0',
      gguf({ metadata: [entry('general.alignment', 4, uint(4, 0))] }),
      'RuntimeError',
      /alignment/,
    ],
    ['a removed tensor type', gguf({ tensors: [w([4], 4)] }), 'RuntimeError', /type 4/],
    ['a newer tensor type', gguf({ tensors: [w([4], 39)] }), 'RuntimeError', /type 39/],
    ['9 dimensions', gguf({ tensors: [w([1, 1, 1, 1, 1, 1, 1, 1, 1])] }), 'RuntimeError', /9 dimensions/],
    [
      '2**31 dimensions',
      gguf({ tensors: [Buffer.concat([text('w'), uint(4, 2 ** 31)])] }),
      'RuntimeError',
      /dimensions/,
    ],
    ['a dimension beyond 32 bits', gguf({ tensors: [w([2n ** 32n + 4n])] }), 'RuntimeError', /shape/],
    [
      'a product that overflows',
      gguf({ tensors: [w([65536, 65536, 65536, 65536])] }),
      'RuntimeError',
      /shape/,
    ],
    ['a quantized tensor without dimensions', gguf({ tensors: [w([], 2)] }), 'RuntimeError', /no dimensions/],
    [
      'a quantized tensor of odd size',
      gguf({ tensors: [w([33], 2)] }),
      'RuntimeError',
      /incompatible last dim/,
    ],
    ['a type that cannot be read', gguf({ tensors: [w([4], 28)] }), 'RuntimeError', /gguf/],
    ['an offset beyond the file', gguf({ tensors: [w([4], 0, 2n ** 63n)] }), 'RuntimeError', /of \d+/],
    ['a tensor longer than the file', gguf({ tensors: [w([400])] }), 'RuntimeError', /needs 1600 bytes/],
    [
      'a Q2_K tensor without its last bytes',
      gguf({ tensors: [w([256], 10)], data: Buffer.alloc(82) }),
      'RuntimeError',
      /needs 84 bytes/,
    ],
    [
      'a name that is not UTF-8',
      gguf({ tensors: [w([4], 0, 0, Buffer.from([0xff]))] }),
      'RuntimeError',
      /UTF-8/,
    ],
    [
      'a key that is not UTF-8',
      gguf({ metadata: [entry(Buffer.from([0xff]), 8, text('a'))] }),
      'RuntimeError',
      /UTF-8/,
    ],
  ],
};

describe('damaged files', () => {
  let dir: string;
  let liveBefore: number;

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'mlx-damaged-'));
    mlx.native.collect();
    liveBefore = mlx.native.liveObjects();
  });

  after(() => {
    rmSync(dir, { recursive: true });
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() <= liveBefore, 'arrays were left behind');
  });

  function loadBytes(format: string, bytes: Buffer): any {
    const path = join(dir, `damaged.${format}`);
    writeFileSync(path, bytes);
    return mx.load(path);
  }

  it('the builders of this test make whole files', () => {
    assert.deepEqual(loadBytes('npy', npyOf('<i4', '(2, 3)')).tolist(), [
      [0, 0, 0],
      [0, 0, 0],
    ]);
    assert.deepEqual(loadBytes('safetensors', tensor('F32', [2], [0, 8])).a.tolist(), [0, 0]);
    const metadata = [
      entry('general.alignment', 4, uint(4, 64)),
      entry('a', 9, uint(4, 8), uint(8, 2), text('x'), text('y')),
    ];
    assert.deepEqual(
      loadBytes('gguf', gguf({ metadata, alignment: 64, data: Buffer.alloc(80, 0) })).w.tolist(),
      [0, 0, 0, 0],
    );
  });

  for (const [format, cases] of Object.entries(DAMAGE)) {
    describe(format, () => {
      for (const [name, bytes, type, message] of cases) {
        it(name, () => {
          const isExpected = (error: any) => {
            assert.ok(error instanceof mlx[type], `${error?.constructor?.name}: ${error?.message}`);
            assert.match(error.message, message);
            return true;
          };
          assert.throws(() => loadBytes(format, bytes), isExpected);
          if (format !== 'gguf') assert.throws(() => mx.load(bytes, { format: format as 'npy' }), isExpected);
        });
      }
    });
  }

  describe('npz', () => {
    /** A whole archive of one array, as bytes that can be changed. */
    function archive(compressed = false): Buffer {
      const pieces: Uint8Array[] = [];
      const target = { write: (piece: Uint8Array) => void pieces.push(piece) };
      (compressed ? mx.savez_compressed : mx.savez)(target, { a: mx.arange(100) });
      return Buffer.concat(pieces);
    }
    const load = (bytes: Buffer) => mx.load(bytes, { format: 'npz' });

    for (const compressed of [false, true]) {
      it(`${compressed ? 'deflated' : 'stored'} data with one wrong bit`, () => {
        const bytes = archive(compressed);
        for (let at = 40; at < 100; at++) {
          const damaged = Buffer.from(bytes);
          damaged[at]! ^= 4;
          assert.throws(() => load(damaged), mlx.RuntimeError, `byte ${at}`);
        }
      });

      it(`${compressed ? 'deflated' : 'stored'} data cut anywhere`, () => {
        const bytes = archive(compressed);
        for (let length = 0; length < bytes.length; length++) {
          assert.throws(() => load(bytes.subarray(0, length)), mlx.ValueError, `length ${length}`);
        }
      });
    }

    it('a directory that claims more than there is', () => {
      const bytes = archive();
      const at = bytes.length - 22;
      for (const [offset, size] of [
        [10, 2],
        [12, 4],
        [16, 4],
      ] as const) {
        const damaged = Buffer.from(bytes);
        damaged.fill(0xfe, at + offset, at + offset + size);
        assert.throws(() => load(damaged), mlx.RuntimeError, `field ${offset}`);
      }
    });

    it('a member that claims to inflate to gigabytes', () => {
      const bytes = archive(true);
      const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
      bytes.writeUInt32LE(0xfffffff0, directory + 24);
      assert.throws(() => load(bytes), { message: /claims 4294967280 bytes/ });
    });

    it('an encrypted member, and an unknown compression', () => {
      const encrypted = archive();
      const directory = encrypted.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
      encrypted[directory + 8]! |= 1;
      assert.throws(() => load(encrypted), { message: /encrypted/ });
      const packed = archive();
      packed[directory + 10] = 12;
      assert.throws(() => load(packed), { message: /compression 12/ });
    });

    it('a member that is no npy file', () => {
      const bytes = archive();
      const at = bytes.indexOf(Buffer.from('\x93NUMPY', 'latin1'));
      assert.ok(at > 0);
      bytes[at] = 0;
      assert.throws(() => load(bytes), mlx.RuntimeError);
    });
  });

  describe('random damage', function () {
    this.timeout(120_000);
    for (const format of ['npy', 'npz', 'safetensors', 'gguf']) {
      it(`of ${format} files ends in errors`, () => {
        const path = join(dir, `whole.${format}`);
        const arrays = {
          weight: mx.arange(12, { dtype: mx.float32 }).reshape([3, 4]),
          bias: mx.arange(5, { dtype: mx.int8 }),
        };
        if (format === 'npy') mx.save(path, arrays.weight);
        else if (format === 'npz') mx.savez_compressed(path, arrays);
        else if (format === 'safetensors') mx.save_safetensors(path, arrays, { key: 'value' });
        else
          mx.save_gguf(path, arrays, {
            text: 'value',
            list: ['a', 'b'],
            number: mx.array(3),
            numbers: mx.array([1, 2]),
          });
        const run = spawnSync(process.execPath, ['tests/node/load_damaged.mjs', path, '20251120', '1500'], {
          encoding: 'utf8',
          timeout: 100_000,
        });
        assert.equal(run.signal, null, run.stderr);
        assert.equal(run.status, 0, run.stderr);
        const outcomes = JSON.parse(run.stdout);
        assert.ok(outcomes.RuntimeError > 100, run.stdout);
        assert.ok(
          Object.keys(outcomes).every((name) => ['loaded', 'RuntimeError', 'ValueError'].includes(name)),
          run.stdout,
        );
      });
    }
  });
});
