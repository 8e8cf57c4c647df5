// Host data: typed arrays and buffers on their way in and out, and memory that both sides share.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { MessageChannel } from 'node:worker_threads';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;
const { collect } = mlx.native;

/** Runs a program in a process of its own and returns what it printed. */
function run(program: string, ...flags: string[]): string {
  const source = `import mlx, { core as mx } from 'mlx'; ${program}`;
  const child = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', source], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(child.signal, null, child.stderr);
  assert.equal(child.status, 0, child.stderr);
  return child.stdout.trim();
}

const TYPED: [name: string, data: any, dtype: any, list: unknown[]][] = [
  ['Int8Array', Int8Array.of(-1, 2), mx.int8, [-1, 2]],
  ['Uint8Array', Uint8Array.of(1, 255), mx.uint8, [1, 255]],
  ['Uint8ClampedArray', Uint8ClampedArray.of(1, 300), mx.uint8, [1, 255]],
  ['Int16Array', Int16Array.of(-1, 2), mx.int16, [-1, 2]],
  ['Uint16Array', Uint16Array.of(1, 65535), mx.uint16, [1, 65535]],
  ['Int32Array', Int32Array.of(-1, 2), mx.int32, [-1, 2]],
  ['Uint32Array', Uint32Array.of(1, 2 ** 32 - 1), mx.uint32, [1, 2 ** 32 - 1]],
  ['BigInt64Array', BigInt64Array.of(-1n, 2n ** 60n), mx.int64, [-1, 2n ** 60n]],
  ['BigUint64Array', BigUint64Array.of(1n, 2n ** 64n - 1n), mx.uint64, [1, 2n ** 64n - 1n]],
  ['Float32Array', Float32Array.of(0.5, Number.NaN), mx.float32, [0.5, Number.NaN]],
  ['Float64Array', Float64Array.of(0.1, 2), mx.float32, [Math.fround(0.1), 2]],
  ['Buffer', Buffer.from([1, 2]), mx.uint8, [1, 2]],
  ['ArrayBuffer', Uint8Array.of(1, 2).buffer, mx.uint8, [1, 2]],
  ['DataView', new DataView(Uint8Array.of(1, 2, 3).buffer, 1), mx.uint8, [2, 3]],
  ['SharedArrayBuffer', new SharedArrayBuffer(2), mx.uint8, [0, 0]],
  ['Int32Array of shared memory', new Int32Array(new SharedArrayBuffer(8)), mx.int32, [0, 0]],
  ['an empty Float32Array', new Float32Array(0), mx.float32, []],
];
const { Float16Array } = any(globalThis);
if (Float16Array !== undefined) {
  TYPED.push(['Float16Array', Float16Array.of(1.1, 2), mx.float16, [1.099609375, 2]]);
}

describe('mx.array and mx.asarray of typed data', () => {
  for (const [name, data, dtype, list] of TYPED) {
    it(name, () => {
      for (const make of [mx.array, mx.asarray, (value: any) => mx.from_dlpack(value)]) {
        const a = make(data);
        assert.deepEqual([a.dtype, a.shape, a.tolist()], [dtype, [list.length], list]);
      }
    });
  }

  it('reads views at an offset, and those of a subclass or another realm', async () => {
    const { runInNewContext } = await import('node:vm');
    const whole = Float32Array.of(1, 2, 3, 4);
    assert.deepEqual(mx.array(whole.subarray(1, 3)).tolist(), [2, 3]);
    assert.deepEqual(mx.asarray(whole.subarray(3)).tolist(), [4]);
    assert.deepEqual(mx.array(new (class Mine extends Int16Array {})([7])).tolist(), [7]);
    assert.deepEqual(mx.array(runInNewContext('Int16Array.of(1, 2)')).tolist(), [1, 2]);
  });

  it('believes the memory, not what a subclass says about it', () => {
    class Liar extends Float32Array {
      override get length(): number {
        return 2 ** 30;
      }
      override get byteLength(): number {
        return 2 ** 32;
      }
      override get [Symbol.toStringTag](): any {
        return 'BigInt64Array';
      }
    }
    const liar = new Liar(Float32Array.of(1, 2).buffer);
    assert.deepEqual(mx.array(liar).tolist(), [1, 2]);
    assert.deepEqual(mx.asarray(liar).tolist(), [1, 2]);
    assert.deepEqual(mx.add(mx.array([1, 1]), liar).tolist(), [2, 3]);
  });

  it('is an operand that takes on the dtype of the array beside it', () => {
    assert.equal(mx.add(mx.array([1, 2], mx.float16), any(Float32Array.of(1, 2))).dtype, mx.float16);
  });

  it('refuses detached buffers', () => {
    const data = new Float32Array(4);
    const view = new DataView(data.buffer);
    const { buffer } = data;
    structuredClone(buffer, { transfer: [buffer] });
    for (const gone of [data, view, buffer]) {
      throws(() => mx.array(any(gone)), mlx.TypeError, /array\(\).*detached/);
      throws(() => mx.asarray(any(gone)), mlx.TypeError, /asarray\(\).*detached/);
      throws(() => mx.add(mx.ones([4]), any(gone)), mlx.TypeError, /add\(\).*detached/);
    }
  });

  it('copies resizable buffers, and refuses views that they have shrunk away from', () => {
    const buffer = new (any(ArrayBuffer))(16, { maxByteLength: 32 });
    const data = new Int32Array(buffer);
    const tail = new Int32Array(buffer, 8, 2);
    const a = mx.asarray(data);
    throws(() => mx.asarray(data, { copy: false }), mlx.ValueError, /without a copy/);
    buffer.resize(8);
    assert.deepEqual(
      [a.tolist(), mx.array(data).tolist()],
      [
        [0, 0, 0, 0],
        [0, 0],
      ],
    );
    throws(() => mx.array(tail), mlx.TypeError, /array\(\)/);
    // The getter says otherwise: it is the buffer's own, not the object's.
    Object.defineProperty(buffer, 'resizable', { value: false });
    throws(() => mx.asarray(data, { copy: false }), mlx.ValueError, /without a copy/);
  });

  it('lets a list of typed arrays be neither a matrix nor a crash', () => {
    throws(() => mx.array(any([Float32Array.of(1)])), mlx.ValueError, /Invalid type Float32Array/);
  });
});

describe('memory that an array takes over', () => {
  it('is the typed array’s: changes show', () => {
    const data = Float32Array.of(1, 2, 3);
    const a = mx.asarray(data, { copy: false });
    data[1] = 9;
    assert.deepEqual(a.tolist(), [1, 9, 3]);
  });

  it('is shared by default, copied on request, and where the dtype must change', () => {
    const share = (data: any, options: any) => {
      const a = mx.asarray(data, options);
      data[0] = 5;
      return a.tolist()[0] === 5;
    };
    assert.equal(share(Int32Array.of(1), {}), true);
    assert.equal(share(Int32Array.of(1), { copy: null }), true);
    assert.equal(share(Int32Array.of(1), { dtype: mx.int32 }), true);
    assert.equal(share(new Uint8Array(new SharedArrayBuffer(1)), {}), true);
    assert.equal(share(Float64Array.of(1), { dtype: mx.float64 }), true);
    assert.equal(share(Int32Array.of(1), { copy: true }), false);
    assert.equal(share(Int32Array.of(1), { dtype: mx.float32 }), false);
    assert.equal(share(Float64Array.of(1), {}), false);
    throws(
      () => mx.asarray(Int32Array.of(1), { dtype: mx.int8, copy: false }),
      mlx.ValueError,
      /asarray\(\)/,
    );
    throws(() => mx.asarray([1], { copy: false }), mlx.ValueError, /Unable to avoid copy/);
  });

  it('is never written to by operations', () => {
    const data = new Float32Array(100_000).fill(1);
    const a = mx.asarray(data);
    const b = a.add(1);
    a.dispose();
    b.eval();
    const c = mx.asarray(data);
    c.iadd(1);
    c.set(0, 7);
    mx.eval(c);
    assert.equal(
      data.every((value) => value === 1),
      true,
    );
    assert.deepEqual([b.get(0).item(), c.get(0).item(), c.get(1).item()], [2, 7, 2]);
  });

  it('lives as long as the array, whatever becomes of the typed array', () => {
    const arrays = Array.from({ length: 20 }, (_, i) => mx.asarray(new Float32Array(100_000).fill(i)));
    for (let i = 0; i < 3; i++) {
      collect();
      new Float32Array(100_000).fill(77);
    }
    arrays.forEach((array, i) => {
      assert.equal(mx.all(array.equal(i)).item(), true);
    });
  });

  it('is given back when the array and its views are gone', () => {
    const printed = run(
      `const gone = new Promise((resolve) => { globalThis.registry = new FinalizationRegistry(resolve); });
       let view = (() => {
         const data = new Float32Array(1e6);
         registry.register(data.buffer, 'gone');
         return mx.asarray(data).get('::2').add(0);
       })();
       const before = process.memoryUsage().arrayBuffers;
       const settle = async () => { for (let i = 0; i < 5; i++) { mlx.native.collect(); await new Promise(setImmediate); } };
       await settle();
       const during = process.memoryUsage().arrayBuffers;
       view.eval();
       view = undefined;
       await settle();
       const after = process.memoryUsage().arrayBuffers;
       console.log(during > 3.9e6, after < 1e6, await gone);`,
    );
    assert.equal(printed, 'true true gone');
  });

  it('cannot be sent to another thread', () => {
    const data = Float32Array.of(1, 2);
    const a = mx.asarray(data);
    const { port1, port2 } = new MessageChannel();
    // Newer Node throws, Node 20 sends a copy instead.
    const sends = [
      () => port1.postMessage(data, [data.buffer]),
      () => structuredClone(data, { transfer: [data.buffer] }),
    ];
    for (const send of sends) {
      try {
        send();
      } catch (error: any) {
        assert.equal(error.name, 'DataCloneError');
      }
      assert.deepEqual([a.tolist(), data.length], [[1, 2], 2]);
    }
    port1.close();
    port2.close();
  });

  it('stays where it is when the buffer’s memory is moved by transfer()', () => {
    // Node 20 has transfer() behind a flag.
    const flags = any(ArrayBuffer.prototype).transfer === undefined ? ['--harmony-rab-gsab-transfer'] : [];
    const printed = run(
      `const share = () => {
         const data = new Float32Array(1e6).fill(7);
         const a = mx.asarray(data);
         try { new Float32Array(ArrayBuffer.prototype.transfer.call(data.buffer))[1] = 8; } catch {}
         return a;
       };
       const arrays = Array.from({ length: 10 }, share);
       for (let i = 0; i < 5; i++) {
         mlx.native.collect();
         new Float32Array(1e6).fill(3);
         await new Promise(setImmediate);
       }
       const seen = new Set(arrays.flatMap((a) => [a.get(0).item(), mx.max(a.get('2:')).item(), mx.min(a.get('2:')).item()]));
       console.log([...seen].join());`,
      ...flags,
    );
    assert.equal(printed, '7');
  });
});

describe('a.toTypedArray', () => {
  const cases: [name: string, array: any, type: any, values: unknown[]][] = [
    ['bool', mx.array([true, false]), Uint8Array, [1, 0]],
    ['uint8', mx.array([1, 2], mx.uint8), Uint8Array, [1, 2]],
    ['uint16', mx.array([1, 2], mx.uint16), Uint16Array, [1, 2]],
    ['uint32', mx.array([1, 2], mx.uint32), Uint32Array, [1, 2]],
    ['uint64', mx.array([1, 2], mx.uint64), BigUint64Array, [1n, 2n]],
    ['int8', mx.array([-1, 2], mx.int8), Int8Array, [-1, 2]],
    ['int16', mx.array([-1, 2], mx.int16), Int16Array, [-1, 2]],
    ['int32', mx.array([-1, 2]), Int32Array, [-1, 2]],
    ['int64', mx.array([-1, 2], mx.int64), BigInt64Array, [-1n, 2n]],
    ['float32', mx.array([0.5, 2]), Float32Array, [0.5, 2]],
    ['float64', mx.array([0.1, 2], mx.float64), Float64Array, [0.1, 2]],
    [
      'float16',
      mx.array([1, -2], mx.float16),
      Float16Array ?? Uint16Array,
      Float16Array ? [1, -2] : [0x3c00, 0xc000],
    ],
    ['bfloat16, as bits', mx.array([1, -2], mx.bfloat16), Uint16Array, [0x3f80, 0xc000]],
    ['complex64, interleaved', mx.array([mx.complex(1, 2)]), Float32Array, [1, 2]],
    [
      'a matrix, row by row',
      mx.array([
        [1, 2],
        [3, 4],
      ]),
      Int32Array,
      [1, 2, 3, 4],
    ],
    [
      'a transposed matrix',
      mx.array([
        [1, 2],
        [3, 4],
      ]).T,
      Int32Array,
      [1, 3, 2, 4],
    ],
    ['a slice', mx.arange(10).get('8:2:-2'), Int32Array, [8, 6, 4]],
    ['a scalar', mx.array(3), Int32Array, [3]],
    ['nothing', mx.zeros([0, 2]), Float32Array, []],
  ];
  for (const [name, array, type, values] of cases) {
    it(name, () => {
      for (const options of [undefined, {}, { copy: true }, { copy: false }]) {
        const out = array.toTypedArray(options);
        assert.equal(out.constructor, type);
        assert.deepEqual([...out], values);
      }
    });
  }

  it('copies: neither side sees what the other does', () => {
    const a = mx.array([1, 2]);
    const out = a.toTypedArray() as Int32Array;
    out[0] = 9;
    assert.deepEqual(a.tolist(), [1, 2]);
  });

  it('shares with { copy: false }, and the memory outlives the array', () => {
    const shared = Array.from({ length: 20 }, (_, i) => {
      const a = mx.full([100_000], i);
      const out = a.toTypedArray({ copy: false });
      if (i % 2 === 0) a.dispose();
      return out as Int32Array;
    });
    for (let i = 0; i < 3; i++) {
      collect();
      mx.eval(mx.full([100_000], 99));
    }
    shared.forEach((out, i) => {
      assert.equal(
        out.every((value) => value === i),
        true,
        `array ${i}`,
      );
    });
  });

  it('shares the same memory more than once, and memory that was taken over', () => {
    const data = Float32Array.of(1, 2);
    const a = mx.asarray(data);
    const [first, second] = [a.toTypedArray({ copy: false }), a.toTypedArray({ copy: false })] as [any, any];
    data[0] = 5;
    assert.deepEqual([first[0], second[0]], [5, 5]);
    assert.deepEqual(mx.asarray(first).toTypedArray({ copy: false })[0], 5);
  });

  it('refuses other options', () => {
    throws(() => mx.array(1).toTypedArray(any({ copy: 'no' })), mlx.TypeError, /toTypedArray\(\).*bool/);
  });
});
