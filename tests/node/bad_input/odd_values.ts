// Odd values: what a program may pass by mistake, or on purpose, where it should not.
import { runInNewContext } from 'node:vm';
import { core } from 'mlx';

const mx: any = core;

export type OddValue = [name: string, make: () => unknown];

const throwingTraps: ProxyHandler<any> = Object.fromEntries(
  Reflect.ownKeys(Reflect)
    .filter((key) => typeof key === 'string')
    .map((trap) => [
      trap,
      () => {
        throw new Error(`the trap '${String(trap)}' was called`);
      },
    ]),
);

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function deepList(depth: number): unknown[] {
  let list: unknown[] = [1];
  for (let i = 1; i < depth; i++) list = [list];
  return list;
}

function cyclicList(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function disposed(): unknown {
  const array = mx.ones([4, 4]);
  array.dispose();
  return array;
}

function detached(): unknown {
  const data = new Float32Array(4);
  structuredClone(data, { transfer: [data.buffer] });
  return data;
}

class LyingArray extends Float32Array {
  override get length(): number {
    return 2 ** 30;
  }
  override get byteLength(): number {
    return 2 ** 32;
  }
  override get byteOffset(): number {
    return 2 ** 31;
  }
  override get [Symbol.toStringTag](): any {
    return 'BigInt64Array';
  }
}

const throwing = () => {
  throw new Error('user code');
};

/** Makes and frees arrays, as user code that runs in the middle of another call might. */
function busy(): number {
  for (let i = 0; i < 40; i++) mx.add(mx.array([[i, 2], [3, 4]]), 1).reshape([4]).dispose(); // biome-ignore format: a matrix
  mx.array([1, 2, 3, 4, 5, 6, 7, 8]).tolist();
  return 1;
}

export const ODD_VALUES: OddValue[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['true', () => true],
  ['false', () => false],
  ...[
    0,
    -0,
    1,
    -1,
    2,
    3,
    5,
    16,
    33,
    100,
    -100,
    1.5,
    -0.5,
    NaN,
    Infinity,
    -Infinity,
    65537,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    2 ** 53,
    2 ** 63,
    -(2 ** 63),
    1e308,
    5e-324,
  ].map((n): OddValue => [Object.is(n, -0) ? '-0' : String(n), () => n]),
  ...[0n, 3n, -1n, 2n ** 31n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 63n), 2n ** 4000n].map(
    (n): OddValue => [`BigInt ${n > 2n ** 64n ? '2**4000' : n}`, () => n],
  ),
  ['an empty string', () => ''],
  ["'float32'", () => 'float32'],
  ["'\\0'", () => '\0'],
  ['a broken einsum', () => 'ij,,->>k'],
  ['a lone surrogate', () => '\ud800'],
  ['a long string', () => 'ab'.repeat(50_000)],
  ['a Symbol', () => Symbol('odd')],
  ['a function', () => () => 1],
  ['a function that throws', () => throwing],
  ['an async function', () => async () => 1],
  ['a class', () => class Odd {}],
  ['mx.array itself', () => mx.array],
  ['{}', () => ({})],
  ['an object without prototype', () => Object.create(null)],
  ['a frozen object', () => Object.freeze({ stream: undefined })],
  ['an unknown keyword', () => ({ nonsense: 1 })],
  ['an object of another realm', () => runInNewContext('({})')],
  ['a list of another realm', () => runInNewContext('[1, 2]')],
  ['a getter that throws', () => Object.defineProperty({}, 'stream', { get: throwing, enumerable: true })],
  ['__mlx_array__ that throws', () => ({ __mlx_array__: throwing })],
  [
    'a getter __mlx_array__ that throws',
    () => Object.defineProperty(new (class Odd {})(), '__mlx_array__', { get: throwing }),
  ],
  ['__mlx_array__ that returns itself', () => new (class Odd { __mlx_array__() { return this; } })()], // biome-ignore format: one row
  ['__mlx_array__ that returns text', () => ({ __mlx_array__: () => 'text' })],
  ['__mlx_array__', () => new (class Odd { __mlx_array__() { busy(); return mx.ones([4, 4]); } })()], // biome-ignore format: one row
  ['[]', () => []],
  ['[[]]', () => [[]]],
  ['[[], []]', () => [[], []]],
  ['[0]', () => [0]],
  ['[1, 2, 3]', () => [1, 2, 3]],
  ['[-1]', () => [-1]],
  ['[0, 0]', () => [0, 0]],
  ['[1, 1]', () => [1, 1]],
  ['[2**31 - 1]', () => [2 ** 31 - 1]],
  ['[2**31 - 1, 2**31 - 1]', () => [2 ** 31 - 1, 2 ** 31 - 1]],
  ['[65536, 65536, 65536, 65536]', () => [65536, 65536, 65536, 65536]],
  ['[-(2**31)]', () => [-(2 ** 31)]],
  ['[2**31]', () => [2 ** 31]],
  ['[NaN]', () => [NaN]],
  ['[1.5]', () => [1.5]],
  ['[1e308]', () => [1e308]],
  ['[2n ** 63n]', () => [2n ** 63n]],
  ['[2n ** 70n]', () => [2n ** 70n]],
  ["['a']", () => ['a']],
  ['[null]', () => [null]],
  ['[undefined]', () => [undefined]],
  ['[Symbol()]', () => [Symbol('odd')]],
  ['[true, 1, 1.5]', () => [true, 1, 1.5]],
  ['a ragged list', () => [[1, 2], [3]]],
  ['a list ragged in depth', () => [[1, 2], 3]],
  ['a list of lists of lists', () => [[[1, 2]], [[3, 4]]]],
  ['a list nested 900 deep', () => deepList(900)],
  ['a list nested 100,000 deep', () => deepList(100_000)],
  ['a cyclic list', cyclicList],
  ['a sparse list', () => [1, , 3]],
  ['an empty list of length 2**32 - 1', () => new Array(2 ** 32 - 1)],
  ['a list with a getter', () => Object.defineProperty([1, 2], 1, { get: busy })],
  ['a list with a getter that throws', () => Object.defineProperty([1, 2], 1, { get: throwing })],
  ['a list whose length grows', () => { const list: any = [1, 2]; return Object.defineProperty(list, 0, { get: () => list.push(1) }); }], // biome-ignore format: one row
  ['a list of 10,000 ones', () => new Array(10_000).fill(1)],
  ['a list of arrays', () => [mx.array([1, 2]), mx.array([3, 4])]],
  ['a list of arrays of different shapes', () => [mx.array([1, 2]), mx.array([3])]],
  ['a list with a disposed array', () => [mx.array([1, 2]), disposed()]],
  ['a list of arrays and null', () => [mx.ones([4, 4]), null]],
  ['a subclass of Array', () => class extends Array {}.from([1, 2])],
  ['a forged array', () => Object.create(mx.array.prototype)],
  ['an object with the prototype of arrays', () => Object.setPrototypeOf({}, mx.array.prototype)],
  ['an object whose prototype is an array', () => Object.create(mx.ones([4, 4]))],
  ['a disposed array', disposed],
  ['a proxy of an array', () => new Proxy(mx.ones([4, 4]), {})],
  ['a proxy of a list', () => new Proxy([1, 2], {})],
  ['a proxy that throws', () => new Proxy({}, throwingTraps)],
  ['a proxy of a list that throws', () => new Proxy([1], throwingTraps)],
  ['a proxy of a function that throws', () => new Proxy(() => 1, throwingTraps)],
  ['a revoked proxy', () => revoked({})],
  ['a revoked proxy of a list', () => revoked([])],
  ['a 0-d array', () => mx.array(2)],
  ['a 0-d array of NaN', () => mx.array(NaN)],
  ['an empty array', () => mx.zeros([0])],
  ['an array of shape (0, 4)', () => mx.zeros([0, 4])],
  ['an array of shape (4, 0)', () => mx.zeros([4, 0])],
  ['a vector of floats', () => mx.array([1.5, 2, 3, 1])],
  ['a vector of negative ints', () => mx.array([-100, -5, -1, 0])],
  ['a vector of large ints', () => mx.array([2 ** 31 - 1, 5, 1000, 70000])],
  ['a vector of uint64', () => mx.array([2n ** 64n - 1n, 0n], mx.uint64)],
  ['a matrix of NaN', () => mx.full([4, 4], NaN)],
  ['a matrix of bool', () => mx.ones([4, 4], mx.bool_)],
  ['a matrix of complex64', () => mx.ones([4, 4], mx.complex64)],
  ['a matrix of bfloat16', () => mx.ones([4, 4], mx.bfloat16)],
  ['a matrix of float64', () => mx.ones([4, 4], mx.float64)],
  ['a matrix of uint32', () => mx.ones([4, 4], mx.uint32)],
  ['a matrix of int64', () => mx.ones([4, 4], mx.int64)],
  ['a transposed matrix', () => mx.arange(16, { dtype: mx.float32 }).reshape([4, 4]).T],
  ['a 3-d array', () => mx.ones([2, 4, 4])],
  ['a 5-d array', () => mx.ones([1, 2, 1, 4, 4])],
  ['a 12-d array', () => mx.ones(new Array(12).fill(1))],
  ['a huge lazy array', () => mx.zeros([2 ** 31 - 1])],
  ['a huge broadcast array', () => mx.broadcast_to(mx.array(1), [2 ** 31 - 1, 2 ** 20])],
  ['Uint8Array', () => new Uint8Array([1, 2, 3])],
  ['Float64Array', () => new Float64Array([1, 2])],
  ['BigInt64Array', () => new BigInt64Array([1n, 2n])],
  ['a typed array that lies', () => new LyingArray(4)],
  ['a detached typed array', detached],
  ['an ArrayBuffer', () => new ArrayBuffer(6)],
  ['a SharedArrayBuffer', () => new SharedArrayBuffer(8)],
  ['a DataView', () => new DataView(new ArrayBuffer(8), 2)],
  ['a Buffer', () => Buffer.from('odd')],
  ['a Date', () => new Date(0)],
  ['a RegExp', () => /odd/],
  ['a Map', () => new Map([['axis', 0]])],
  ['a Set', () => new Set([1])],
  ['a rejected Promise', () => { const p = Promise.reject(new Error('odd')); p.catch(() => {}); return p; }], // biome-ignore format: one row
  ['an Error', () => new Error('odd')],
  ['new Number(1)', () => new Number(1)],
  ["new String('a')", () => new String('a')],
  ['a generator', () => (function* () { yield 1; })()], // biome-ignore format: one row
  ['globalThis', () => globalThis],
  ['mx.float(1)', () => mx.float(1)],
  ['mx.float(NaN)', () => mx.float(NaN)],
  ['mx.complex(1, 2)', () => mx.complex(1, 2)],
  ['mx.float32', () => mx.float32],
  ['mx.bool_', () => mx.bool_],
  ['mx.complex64', () => mx.complex64],
  ['a copy of a dtype', () => ({ ...mx.float32 })],
  ['mx.floating', () => mx.floating],
  ['mx.cpu', () => mx.cpu],
  ['mx.gpu', () => mx.gpu],
  ['mx.Device(cpu, 7)', () => new mx.Device(mx.cpu, 7)],
  ['a forged stream', () => Object.create(mx.Stream.prototype)],
  [
    'a stream with wild fields',
    () =>
      Object.assign(Object.create(mx.Stream.prototype), {
        device: { type: { value: 9 }, index: 99 },
        index: 1e6,
      }),
  ],
  ['a slice', () => mx.slice_(0, 2)],
  ['mx.random.state', () => mx.random.state],
  ['mx', () => mx],
];
