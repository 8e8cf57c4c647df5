// The public types that the generated declarations refer to.
import type { Dtype } from './dtype';
import type { Wrapper } from './handle';
import type { ArrayAt } from './indexing';
import type { Complex, Float, Scalar } from './numbers';

export type { Device, DeviceType, Stream, StreamOrDevice, ThreadLocalStream } from './device';
export type { Group } from './distributed';
export type { Dtype, DtypeCategory } from './dtype';
export type { Wrapper as array } from './handle';
export type { Scalar } from './numbers';

/** A number where a Python float is meant. */
export type Real = number | bigint | boolean | Float;

/** A scalar, an array, typed data, or an object with `__mlx_array__`. */
export type Operand = Scalar | Wrapper | ArrayBufferView | { __mlx_array__(): Wrapper };

/** What an array is besides its operations. */
export interface ArrayMembers extends Iterable<Wrapper>, Disposable {
  /** Sizes of the dimensions. */
  readonly shape: number[];
  readonly dtype: Dtype;
  /** Number of dimensions. */
  readonly ndim: number;
  /** Number of elements. */
  readonly size: number;
  /** Size of one element in bytes. */
  readonly itemsize: number;
  /** Size of all elements in bytes. */
  readonly nbytes: number;
  /** The array with its dimensions reversed. */
  readonly T: Wrapper;
  /** The array with its last two dimensions swapped. */
  readonly mT: Wrapper;
  readonly real: Wrapper;
  readonly imag: Wrapper;

  /** The value of an array of size 1; ints outside ±2^53 are BigInts. Throws a ValueError for other sizes. */
  item(): number | bigint | boolean | Complex;
  /** Nested lists of the elements; a scalar for an array without dimensions. */
  tolist(): any;
  /**
   * The elements, row-major. float16 comes as Float16Array where the runtime has it, otherwise as bits in a
   * Uint16Array, like bfloat16; complex64 as interleaved floats.
   *
   * @param options `copy: false` shares the array's memory where the runtime allows it.
   */
  toTypedArray(options?: { copy?: boolean }): NodeJS.TypedArray;
  /** As `item()`, computed without blocking the event loop. */
  itemAsync(): Promise<number | bigint | boolean | Complex>;
  /** As `tolist()`, computed without blocking the event loop. */
  tolistAsync(): Promise<any>;
  /** As `toTypedArray()`, computed without blocking the event loop. */
  toTypedArrayAsync(options?: { copy?: boolean }): Promise<NodeJS.TypedArray>;
  /** Computes the array now. */
  eval(): this;
  /** Frees the array's memory now. */
  dispose(): void;

  /** `a.get(0, ':', '1:3', null, '...')` is Python's `a[0, :, 1:3, None, ...]`. */
  get(...items: unknown[]): Wrapper;
  /** `a.set([0, ':'], v)` is Python's `a[0, :] = v`. */
  set(index: unknown, value: unknown): void;
  /** `a.at(0, ':').add(v)` is Python's `a.at[0, :].add(v)`. */
  at(...items: unknown[]): ArrayAt;

  __getitem__(index: unknown): Wrapper;
  __setitem__(index: unknown, value: unknown): void;
  __len__(): number;
  __iter__(): IterableIterator<Wrapper>;
  __copy__(): Wrapper;
  __deepcopy__(): Wrapper;
  /** Compares element by element; false for what is no number and no array. */
  __eq__(other: Operand): Wrapper;
  __eq__(other: unknown): Wrapper | false;
  /** Compares element by element; true for what is no number and no array. */
  __ne__(other: Operand): Wrapper;
  __ne__(other: unknown): Wrapper | true;
  equal(other: Operand): Wrapper;
  equal(other: unknown): Wrapper | false;
  not_equal(other: Operand): Wrapper;
  not_equal(other: unknown): Wrapper | true;
  __bool__(): boolean;
  __int__(): number | bigint;
  __float__(): number;
  __complex__(): Complex;
  __index__(): number | bigint;
  __bytes__(): Uint8Array;
  __repr__(): string;
  __format__(spec: string): string;
  /** Python's repr. */
  toString(): string;
  /** As `tolist()`. */
  toJSON(): any;
}
