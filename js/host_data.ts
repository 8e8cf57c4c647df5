// Host data: from JavaScript values to arrays, and from arrays to numbers, lists and typed arrays.
//
// The rules are Python's: a list takes the widest of bool < int < float < complex that occurs in it, ints that do
// not fit 32 bits make it int64, typed data keeps its dtype (Float64Array becomes float32).
import { types } from 'node:util';
import { putOperand } from './arguments';
import { builtin } from './builtin';
import { type Dtype, type DtypeName, dtypeByName, dtypes } from './dtype';
import { MemoryError, OverflowError, RuntimeError, TypeError, ValueError } from './errors';
import { adopt, handleOf, isArray, newArray, ownHandle, type Wrapper } from './handle';
import { native } from './native';
import { Complex, Float, isInteger, type Scalar } from './numbers';
import {
  BULK_BYTES,
  bulk,
  bulkView,
  claimBulk,
  doubles,
  ints,
  list,
  ownsBulk,
  reserveList,
  TAG,
  takeList,
  wides,
  withOwnRegisters,
} from './registers';
import { describe, shorten } from './signature';

/** Nested lists of scalars, as `mx.array` takes and `tolist()` returns them. */
export type NestedList<T> = T | NestedList<T>[];

type TypedArray = Exclude<NodeJS.TypedArray, never>;

/** Kinds of lists; equal to `ListKind` in native/host_data.cpp. */
const LIST = { boolean: 0, integer: 1, real: 2, complex: 3, wideInteger: 4, unsignedInteger: 5 } as const;

const MAX_DIMENSION = 2 ** 31 - 1;

/** Most items of the lists that an array becomes. */
const MAX_ITEMS = 2 ** 27;

/** Deepest nesting of a list: MLX has no use for more dimensions, and a list may contain itself. */
const MAX_NESTING = 1000;

/** Dtype of each kind of typed array, by its class's name (which also works across realms). */
const TYPED_ARRAY_DTYPES: Record<string, Dtype> = {
  Int8Array: dtypeByName.int8,
  Uint8Array: dtypeByName.uint8,
  Uint8ClampedArray: dtypeByName.uint8,
  Int16Array: dtypeByName.int16,
  Uint16Array: dtypeByName.uint16,
  Int32Array: dtypeByName.int32,
  Uint32Array: dtypeByName.uint32,
  BigInt64Array: dtypeByName.int64,
  BigUint64Array: dtypeByName.uint64,
  Float16Array: dtypeByName.float16,
  Float32Array: dtypeByName.float32,
  Float64Array: dtypeByName.float64,
};

type Getter = (this: unknown) => any;

/** A getter of the language itself: a subclass may override what an object answers, but not this. */
function getterOf(prototype: object, name: PropertyKey): Getter {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined);
}

/** The getters that tell a view's memory. */
function viewGetters(prototype: object): Record<'length' | 'buffer' | 'byteOffset' | 'byteLength', Getter> {
  return {
    length: getterOf(prototype, 'length'),
    buffer: getterOf(prototype, 'buffer'),
    byteOffset: getterOf(prototype, 'byteOffset'),
    byteLength: getterOf(prototype, 'byteLength'),
  };
}

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayName = getterOf(TypedArrayPrototype, Symbol.toStringTag);
const typedArrayValues: Getter = TypedArrayPrototype.values;
const typedArrayGetters = viewGetters(TypedArrayPrototype);
const dataViewGetters = viewGetters(DataView.prototype);
const isResizable = getterOf(ArrayBuffer.prototype, 'resizable');
const isGrowable = getterOf(SharedArrayBuffer.prototype, 'growable');

/** Whether a value is a typed array, a DataView, an ArrayBuffer or a Buffer. */
export function isHostData(value: unknown): value is ArrayBufferView | ArrayBufferLike {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

/** Dtype of a buffer's elements: raw memory (ArrayBuffer, DataView) is uint8. */
function bufferDtype(value: ArrayBufferView | ArrayBufferLike): Dtype {
  return TYPED_ARRAY_DTYPES[typedArrayName.call(value)] ?? dtypeByName.uint8;
}

/** A typed array's elements as a list; undefined for anything else. */
export function typedElements(value: unknown): unknown[] | undefined {
  if (!ArrayBuffer.isView(value) || types.isDataView(value)) return undefined;
  const out = new Array<unknown>(typedArrayGetters.length.call(value));
  for (let i = 0; i < out.length; i++) out[i] = (value as any)[i];
  return out;
}

/** A buffer's bytes. A TypeError where it has none: detached, or shrunk away from under its view. */
export function bytesOf(value: ArrayBufferView | ArrayBufferLike, call: string): Uint8Array {
  try {
    if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
    const view = types.isDataView(value) ? dataViewGetters : typedArrayGetters;
    const byteLength = view.byteLength.call(value);
    if (byteLength === 0 && view === typedArrayGetters) typedArrayValues.call(value);
    return new Uint8Array(view.buffer.call(value), view.byteOffset.call(value), byteLength);
  } catch {
    throw new TypeError(`${call}(): the data's buffer is detached: its memory has been moved or taken away.`);
  }
}

/** Stores shape and dtypes of a buffer for the native call. */
function putBuffer({ byteLength }: Uint8Array, source: Dtype, dtype: Dtype | undefined, call: string): void {
  const count = byteLength / source.size;
  if (count > MAX_DIMENSION) {
    throw new OverflowError(
      `${call}(): Shape dimension ${count} is outside the supported range [0, ${MAX_DIMENSION}].`,
    );
  }
  const shape = reserveList(1);
  list[shape + 1] = count;
  ints[0] = shape;
  ints[2] = dtype === undefined ? -1 : dtype.code;
  ints[4] = source.code;
}

function fromBuffer(
  value: ArrayBufferView | ArrayBufferLike,
  dtype: Dtype | undefined,
  call: string,
): Wrapper {
  const bytes = bytesOf(value, call);
  putBuffer(bytes, bufferDtype(value), dtype, call);
  const out = newArray();
  native.array_from_buffer(out, bytes);
  return adopt(out);
}

/** An array that shares a buffer's memory; undefined where that is not possible. */
function shareBuffer(
  value: ArrayBufferView | ArrayBufferLike,
  dtype: Dtype | undefined,
  call: string,
): Wrapper | undefined {
  const source = bufferDtype(value);
  if (dtype !== undefined && dtype !== source) return undefined;
  // float64 data becomes float32, so sharing it would change the result's dtype.
  if (dtype === undefined && source === dtypeByName.float64) return undefined;
  const bytes = bytesOf(value, call);
  const memory = bytes.buffer;
  // Memory that can shrink cannot be lent.
  if (types.isSharedArrayBuffer(memory) ? isGrowable.call(memory) : isResizable.call(memory))
    return undefined;
  putBuffer(bytes, source, dtype, call);
  const out = newArray();
  native.array_sharing_buffer(out, bytes);
  if (ints[0] === 0) return undefined;
  adopt(out);
  keepAttached(memory);
  return out;
}

/** Prevents the memory from being moved to another thread while an array reads it. */
function keepAttached(memory: ArrayBufferLike): void {
  if (!types.isSharedArrayBuffer(memory)) builtin('node:worker_threads').markAsUntransferable(memory);
}

/** Shape of a nested list, read down its first items as Python does. */
function listShape(value: readonly unknown[], call: string): number[] {
  const shape: number[] = [];
  let level: unknown = value;
  while (Array.isArray(level)) {
    shape.push(level.length);
    if (shape.length > MAX_NESTING) throw new ValueError(`${call}(): the list is nested too deeply.`);
    level = level[0];
  }
  if (isArray(level)) {
    liveHandle(level, call);
    shape.push(...shapeOf(level));
  }
  return shape;
}

class ListScan {
  kind = -1;
  hasArrays = false;
  hasWide = false;
  hasUnsigned = false;

  constructor(
    readonly shape: readonly number[],
    readonly call: string,
  ) {}

  private ragged(problem: string): Error {
    return new ValueError(`${this.call}(): Initialization encountered ${problem}.`);
  }

  scan(items: readonly unknown[], depth: number): void {
    if (depth >= this.shape.length) throw this.ragged('extra dimension');
    if (items.length !== this.shape[depth]) throw this.ragged('non-uniform length');
    if (items.length === 0) this.widen(LIST.real);
    for (let i = 0; i < items.length; i++) this.scanItem(items[i], depth);
  }

  private scanItem(item: unknown, depth: number): void {
    if (Array.isArray(item)) {
      this.scan(item, depth + 1);
      return;
    }
    if (isArray(item)) {
      this.hasArrays = true;
      liveHandle(item, this.call);
      const shape = shapeOf(item);
      const expected = this.shape.slice(depth + 1);
      if (shape.length !== expected.length || shape.some((n, i) => n !== expected[i])) {
        throw this.ragged('non-uniform length');
      }
      this.widen(LIST.boolean);
      return;
    }
    this.widen(this.kindOf(item));
    if (depth + 1 !== this.shape.length) throw this.ragged('non-uniform length');
  }

  private kindOf(item: unknown): number {
    if (typeof item === 'number') {
      if (!isInteger(item)) return LIST.real;
      if (item > 0x7fffffff || item < -0x80000000) this.hasWide = true;
      return LIST.integer;
    }
    if (typeof item === 'boolean') return LIST.boolean;
    if (typeof item === 'bigint') {
      if (BigInt.asIntN(64, item) !== item) {
        if (BigInt.asUintN(64, item) !== item) {
          throw new RuntimeError(`${this.call}(): the integer ${shorten(item)} does not fit 64 bits.`);
        }
        this.hasUnsigned = true;
      }
      this.hasWide = true;
      return LIST.integer;
    }
    if (item instanceof Float) return LIST.real;
    if (item instanceof Complex) return LIST.complex;
    throw new ValueError(`${this.call}(): Invalid type ${describe(item)} received in array initialization.`);
  }

  private widen(kind: number): void {
    if (kind > this.kind) this.kind = kind;
  }
}

/** Writes a list's numbers, flattened, to a typed array. */
function flatten<T extends Float64Array | BigInt64Array>(
  items: readonly unknown[],
  target: T,
  at: number,
  write: (target: T, at: number, item: any) => number,
): number {
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    at = Array.isArray(item) ? flatten(item, target, at, write) : write(target, at, item);
  }
  return at;
}

const writeNumber = (target: Float64Array, at: number, item: any): number => {
  target[at] = typeof item === 'number' ? item : Number(item);
  return at + 1;
};

const writeComplex = (target: Float64Array, at: number, item: any): number => {
  target[at] = item instanceof Complex ? item.re : Number(item);
  target[at + 1] = item instanceof Complex ? item.im : 0;
  return at + 2;
};

const writeWide = (target: BigInt64Array, at: number, item: any): number => {
  target[at] = BigInt(item);
  return at + 1;
};

/** Widest kind that the last `putNumbers` has met. */
let widest: number = LIST.integer;

/**
 * Writes a list of plain numbers, nested as `shape` says, to the bulk area; returns the position after the last.
 * Returns -1 for any other list, which then takes the long way.
 */
function putNumbers(items: readonly unknown[], shape: readonly number[], depth: number, at: number): number {
  const count = shape[depth]!;
  if (count === 0 || items.length !== count || at + count > bulk.length) return -1;
  if (depth + 1 < shape.length) {
    for (let i = 0; i < count && at >= 0; i++) {
      const item = items[i];
      at = Array.isArray(item) ? putNumbers(item, shape, depth + 1, at) : -1;
    }
    return at;
  }
  for (let i = 0; i < count; i++) {
    const item = items[i];
    if (typeof item !== 'number') return -1;
    if (item !== (item | 0)) {
      if (isInteger(item)) return -1;
      widest = LIST.real;
    }
    bulk[at + i] = item;
  }
  return at + count;
}

function fromList(value: readonly unknown[], dtype: Dtype | undefined, call: string): Wrapper {
  const shape = listShape(value, call);
  const claim = claimBulk();
  widest = LIST.integer;
  if (putNumbers(value, shape, 0, 0) >= 0 && ownsBulk(claim)) {
    return fromNumbers(shape, widest, undefined, dtype);
  }
  const scan = new ListScan(shape, call);
  scan.scan(value, 0);
  if (scan.hasArrays) return stackLists(value, dtype, call);

  const size = shape.reduce((a, b) => a * b, 1);
  let kind: number = scan.kind;
  let data: Float64Array | BigInt64Array | undefined;
  if (kind === LIST.integer && scan.hasWide) {
    // An int beyond int64 needs uint64 asked for, as in Python.
    if (scan.hasUnsigned && dtype !== dtypeByName.uint64) {
      throw new RuntimeError(`${call}(): an int of the list does not fit int64.`);
    }
    kind = scan.hasUnsigned ? LIST.unsignedInteger : LIST.wideInteger;
    data = new BigInt64Array(size);
    flatten(value, data, 0, writeWide);
  } else {
    const numbers = kind === LIST.complex ? 2 * size : size;
    const fits = numbers <= bulk.length;
    const claim = claimBulk();
    const target = fits ? bulk : new Float64Array(numbers);
    flatten(value, target, 0, kind === LIST.complex ? writeComplex : writeNumber);
    if (!fits) data = target;
    else if (!ownsBulk(claim)) throw new RuntimeError(`${call}(): the getters of the list call operations.`);
  }
  return fromNumbers(shape, kind, data, dtype);
}

/** Makes an array of a list's numbers: `data`, or what stands in the bulk area. */
function fromNumbers(
  shape: readonly number[],
  kind: number,
  data: Float64Array | BigInt64Array | undefined,
  dtype: Dtype | undefined,
): Wrapper {
  const position = reserveList(shape.length);
  for (let i = 0; i < shape.length; i++) list[position + 1 + i] = shape[i]!;
  ints[0] = position;
  ints[2] = dtype === undefined ? -1 : dtype.code;
  ints[4] = kind;
  const out = newArray();
  native.array_from_list(out, data);
  return adopt(out);
}

/** A list that holds arrays is the stack of its items. */
function stackLists(value: readonly unknown[], dtype: Dtype | undefined, call: string): Wrapper {
  const parts = Array.from({ length: value.length }, (_, i) => fromHost(value[i], dtype, true, call));
  const position = reserveList(parts.length);
  parts.forEach((part, i) => {
    list[position + 1 + i] = ownHandle(part);
  });
  ints[0] = position;
  const out = newArray();
  native.stack_arrays(out);
  return adopt(out);
}

/**
 * Makes an array of any host data: a scalar, a nested list (arrays inside included), typed data, an array, or an
 * object with `__mlx_array__`.
 *
 * @param copy as in `mx.asarray`: false must share memory, null may, true must not.
 */
export function fromHost(
  value: unknown,
  dtype?: Dtype,
  copy: boolean | null = true,
  call = 'array',
): Wrapper {
  // The cheap questions first: whether a value is host data is asked in native code.
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isHostData(value)) {
    const shared = copy === true ? undefined : shareBuffer(value, dtype, call);
    if (shared === undefined && copy === false) {
      throw new ValueError(`${call}(): Cannot make an array of this buffer without a copy.`);
    }
    return shared ?? fromBuffer(value, dtype, call);
  }
  if (copy === false)
    throw new ValueError(`${call}(): Unable to avoid copy while creating an array as requested.`);
  if (Array.isArray(value)) return fromList(value, dtype, call);
  if (isArray(value)) return cast(value, dtype, call);
  if (isScalar(value)) {
    if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) {
      throw new RuntimeError(`${call}(): the integer ${shorten(value)} does not fit 64 bits.`);
    }
    putOperand(0, value);
    ints[2] = dtype === undefined ? -1 : dtype.code;
    const out = newArray();
    native.array_from_scalar(out);
    return adopt(out);
  }
  return fromAccessor(value, dtype, call);
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint' ||
    value instanceof Float ||
    value instanceof Complex
  );
}

function fromAccessor(value: any, dtype: Dtype | undefined, call: string): Wrapper {
  if (value === undefined || value === null) {
    throw new TypeError(`${call}(): an array cannot be made of ${value}.`);
  }
  if (typeof value.__mlx_array__ === 'function') {
    const made = withOwnRegisters(() => value.__mlx_array__());
    if (isArray(made)) return cast(made, dtype, call);
  }
  throw new ValueError(`${call}(): Invalid type ${describe(value)} received in array initialization.`);
}

function cast(value: Wrapper, dtype: Dtype | undefined, call: string): Wrapper {
  ints[0] = liveHandle(value, call);
  ints[2] = dtype === undefined ? -1 : dtype.code;
  const out = newArray();
  native.array_from_array(out);
  return adopt(out);
}

/** The handle of an array that must not be disposed. `call` names the function for the error. */
export function liveHandle(array: unknown, call?: string): number {
  const handle = handleOf(array);
  if (handle !== 0) return handle;
  const prefix = call === undefined ? '' : `${call}(): `;
  if (isArray(array)) throw new ValueError(`${prefix}The array has been disposed.`);
  throw new TypeError(`${prefix}An array was expected, got ${describe(array)}.`);
}

/** An array's shape. */
export function shapeOf(array: Wrapper): number[] {
  ints[0] = liveHandle(array);
  native.shape();
  return takeList();
}

/** An array's dtype. */
export function dtypeOf(array: Wrapper, call?: string): Dtype {
  ints[0] = liveHandle(array, call);
  native.dtype();
  return dtypes[ints[0]!]!;
}

/** Number of dimensions. */
export function rankOf(array: Wrapper): number {
  ints[0] = liveHandle(array);
  native.shape();
  return list[0]!;
}

/** Number of elements. */
export function sizeOf(array: Wrapper): number {
  ints[0] = liveHandle(array);
  native.size();
  return doubles[0]!;
}

/** Number of bytes that the elements take. */
export function byteSizeOf(array: Wrapper): number {
  const size = sizeOf(array);
  return size * dtypes[ints[0]!]!.size;
}

/** The value of an array of size 1. Ints outside ±2^53 are BigInts. Throws a ValueError for other sizes. */
export function scalarOf(array: Wrapper): number | bigint | boolean | Complex {
  ints[0] = liveHandle(array);
  native.item();
  switch (ints[0]) {
    case TAG.boolean:
      return doubles[0] === 1;
    case TAG.complex:
      return new Complex(doubles[0]!, doubles[1]!);
    case TAG.wideInteger:
      return ints[1] === 1 ? BigInt.asUintN(64, wides[0]!) : wides[0]!;
    default:
      return doubles[0]!;
  }
}

interface Constructor {
  new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

const Float16: Constructor = (globalThis as any).Float16Array ?? Uint16Array;

/** The typed array that holds each dtype: bits where JavaScript has no type, two floats for a complex number. */
const TYPED_ARRAYS: Constructor[] = [
  Uint8Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Float16,
  Float32Array,
  Float64Array,
  Uint16Array,
  Float32Array,
];

/** Memory that is to be overwritten as a whole: there is no need to clear it. */
function allocate(bytes: number, call: string): ArrayBuffer {
  try {
    return Buffer.allocUnsafeSlow(bytes).buffer;
  } catch {
    throw new MemoryError(`${call}(): ${bytes} bytes cannot be allocated.`);
  }
}

/** Copies an array's elements, row-major, to a typed array; with `copy: false` shares them where possible. */
export function toTypedArray(array: Wrapper, copy = true): TypedArray {
  const dtype = dtypeOf(array);
  const size = sizeOf(array);
  const length = dtype === dtypeByName.complex64 ? 2 * size : size;
  const Target = TYPED_ARRAYS[dtype.code]!;
  if (copy && size * dtype.size <= BULK_BYTES) {
    copyOut(array, undefined, false);
    return bulkView(dtype.code, Target).slice(0, length);
  }
  if (!copy && size > 0) {
    const shared = shareOut(array, size * dtype.size);
    if (shared !== undefined) return new Target(shared, 0, length);
  }
  const buffer = allocate(size * dtype.size, 'toTypedArray');
  copyOut(array, buffer, false);
  return new Target(buffer, 0, length);
}

/** Bytes lent in this turn of the event loop, and the most before what follows is copied. */
let lentInTurn = 0;
const MOST_LENT = 128 * 2 ** 20;

/**
 * A buffer over an array's own memory; undefined where the engine has none. Node gives lent memory back only when the
 * event loop turns: a program that never lets it turn would keep everything that it ever saw this way.
 */
function shareOut(array: Wrapper, bytes: number): ArrayBuffer | undefined {
  if (lentInTurn > MOST_LENT) return undefined;
  if (lentInTurn === 0) {
    setImmediate(() => {
      lentInTurn = 0;
    }).unref();
  }
  lentInTurn += bytes;
  ints[0] = liveHandle(array);
  return native.share_out() as ArrayBuffer | undefined;
}

/** Copies an array's elements to a buffer or to the bulk area. `widen` makes float32 of half precision. */
function copyOut(array: Wrapper, target: ArrayBuffer | undefined, widen: boolean): void {
  if (target === undefined) claimBulk();
  ints[0] = liveHandle(array);
  ints[2] = widen ? 1 : 0;
  native.copy_out(target);
}

/** Reads an array's elements as numbers JavaScript has: half precision is widened to float32. */
function readElements(array: Wrapper, dtype: Dtype, size: number): TypedArray {
  const half = dtype === dtypeByName.float16 || dtype === dtypeByName.bfloat16;
  const bytes = size * (half ? 4 : dtype.size);
  const target = bytes <= BULK_BYTES ? undefined : allocate(bytes, 'tolist');
  copyOut(array, target, true);
  const code = half ? dtypeByName.float32.code : dtype.code;
  const View = TYPED_ARRAYS[code]!;
  if (target === undefined) return bulkView(code, View);
  return new View(target, 0, bytes / View.BYTES_PER_ELEMENT);
}

/** An element as JavaScript's value for it. */
type ElementReader = (elements: any, i: number) => number | bigint | boolean | Complex;

/** Readers of the dtypes whose elements are no numbers in JavaScript. */
const READERS: Partial<Record<DtypeName, ElementReader>> = {
  bool: (elements, i) => elements[i] !== 0,
  complex64: (elements, i) => new Complex(elements[2 * i], elements[2 * i + 1]),
  int64: (elements, i) => safeInteger(elements[i]),
  uint64: (elements, i) => safeInteger(elements[i]),
};

function safeInteger(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER + 1 && value >= -Number.MAX_SAFE_INTEGER - 1
    ? Number(value)
    : value;
}

/** Nested lists of an array's elements; a scalar for an array without dimensions. */
export function toList(array: Wrapper): any {
  const shape = shapeOf(array);
  if (shape.length === 0) return scalarOf(array);
  let count = 1;
  let items = 0;
  for (const dim of shape) items += count *= dim;
  // Beyond some GB the engine ends the process.
  if (items > MAX_ITEMS) throw new MemoryError(`tolist(): ${items} items are too many, use toTypedArray().`);
  const dtype = dtypeOf(array);
  const elements = readElements(array, dtype, count);
  return nest(elements, 0, count, shape, 0, READERS[dtype.key as DtypeName]);
}

/** The nested lists of `count` elements from `at` on. */
function nest(
  elements: TypedArray,
  at: number,
  count: number,
  shape: readonly number[],
  depth: number,
  read: ElementReader | undefined,
): unknown[] {
  const length = shape[depth]!;
  const out = new Array<unknown>(length);
  if (depth + 1 < shape.length) {
    const step = count / length;
    for (let i = 0; i < length; i++) out[i] = nest(elements, at + i * step, step, shape, depth + 1, read);
  } else if (read === undefined) {
    for (let i = 0; i < length; i++) out[i] = elements[at + i];
  } else {
    for (let i = 0; i < length; i++) out[i] = read(elements, at + i);
  }
  return out;
}

/** Python's repr of an array. */
export function reprOf(array: Wrapper): string {
  ints[0] = liveHandle(array);
  return native.repr();
}
