// The array class: attributes, conversions, iteration, printing. Operations are generated (#bind/methods.js).
import { inspect } from 'node:util';
import { equal, imag, matrix_transpose, not_equal, real, transpose } from '#bind/core.js';
import { aliases, methods } from '#bind/methods.js';
import { itemAsync, tolistAsync, toTypedArrayAsync } from './async';
import { makeArray } from './creation';
import { categories, type Dtype } from './dtype';
import { issubdtype } from './dtype_info';
import { OverflowError, TypeError, ValueError } from './errors';
import { evaluate } from './evaluation';
import { adopt, dispose, handleOf, isArray, newArray, Wrapper } from './handle';
import {
  byteSizeOf,
  dtypeOf,
  isHostData,
  liveHandle,
  rankOf,
  reprOf,
  scalarOf,
  shapeOf,
  sizeOf,
  toList,
  toTypedArray,
} from './host_data';
import { at, getIndex, getItem, setItem } from './indexing';
import { checkCount } from './keywords';
import { native } from './native';
import { Complex, Float } from './numbers';
import { format } from './python/text';
import { named } from './raise';
import { refuseFlight } from './react/flight';
import { ints } from './registers';
import { badArgument, describe, Signature, tooMany } from './signature';
import type { Operand } from './types';

/** A view of an array's first dimension: what `for (const row of a)` runs over. */
export class ArrayIterator implements IterableIterator<Wrapper> {
  #next = 0;
  readonly #array: Wrapper;
  readonly #length: number;

  constructor(array: Wrapper) {
    this.#array = array;
    this.#length = lengthOf(array, 'iteration over a');
  }
  next(): IteratorResult<Wrapper> {
    if (this.#next >= this.#length) return { done: true, value: undefined };
    return { done: false, value: getItem(this.#array, [this.#next++]) };
  }
  [Symbol.iterator](): this {
    return this;
  }
}

/** Any object in an array's place: operations take it if it has `__mlx_array__`, a method that returns an array. */
export class ArrayLike {
  readonly #object: unknown;
  constructor(object: unknown) {
    checkCount(ARRAY_LIKE, arguments, 1);
    this.#object = object;
  }
  __mlx_array__(): Wrapper {
    return makeArray(this.#object);
  }
}

function lengthOf(array: Wrapper, what: string): number {
  const shape = shapeOf(array);
  if (shape.length === 0) throw new TypeError(`${what} 0-dimensional array.`);
  return shape[0]!;
}

/** Whether Python would compare a value with an array element by element. */
function isComparable(value: any, call: string): boolean {
  if (value === undefined || value === null)
    throw new TypeError(`${call}: an array cannot be compared with ${value}.`);
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint' ||
    value instanceof Float ||
    value instanceof Complex ||
    isArray(value) ||
    isHostData(value) ||
    typeof value.__mlx_array__ === 'function'
  );
}

function copyOf(array: Wrapper): Wrapper {
  ints[0] = liveHandle(array);
  const out = newArray();
  native.copy(out);
  return adopt(out);
}

const ARRAY_LIKE = new Signature('ArrayLike(object: object)');
const ITEM = new Signature('array.item() -> scalar');
const TOLIST = new Signature('array.tolist() -> list | scalar');
const EQ = new Signature('array.__eq__(other: scalar | array) -> array | bool');
const NE = new Signature('array.__ne__(other: scalar | array) -> array | bool');
const SET = new Signature('set(index: object | None, value: scalar | array) -> None');
const SETITEM = new Signature('__setitem__(index: object | None, value: scalar | array, /) -> None');
const FORMAT = new Signature('array.__format__(format_spec: str) -> str');

const members = {
  get shape(): number[] {
    return shapeOf(self(this, 'shape'));
  },
  get dtype(): Dtype {
    return dtypeOf(self(this, 'dtype'));
  },
  get ndim(): number {
    return rankOf(self(this, 'ndim'));
  },
  get size(): number {
    return sizeOf(self(this, 'size'));
  },
  get itemsize(): number {
    return dtypeOf(self(this, 'itemsize')).size;
  },
  get nbytes(): number {
    return byteSizeOf(self(this, 'nbytes'));
  },
  get T(): Wrapper {
    return transpose(self(this, 'T'));
  },
  get mT(): Wrapper {
    return matrix_transpose(self(this, 'mT'));
  },
  get real(): Wrapper {
    return real(self(this, 'real'));
  },
  get imag(): Wrapper {
    return imag(self(this, 'imag'));
  },

  item() {
    if (arguments.length > 0) throw tooMany(ITEM, arguments);
    return scalarOf(self(this, 'item()'));
  },
  tolist() {
    if (arguments.length > 0) throw tooMany(TOLIST, arguments);
    return toList(self(this, 'tolist()'));
  },
  toTypedArray(options?: { copy?: boolean }) {
    const copy = copyOption(options, 'toTypedArray()');
    return toTypedArray(self(this, 'toTypedArray()'), copy);
  },
  async itemAsync() {
    return itemAsync(self(this, 'itemAsync()'));
  },
  async tolistAsync() {
    return tolistAsync(self(this, 'tolistAsync()'));
  },
  async toTypedArrayAsync(options?: { copy?: boolean }) {
    const copy = copyOption(options, 'toTypedArrayAsync()');
    return toTypedArrayAsync(self(this, 'toTypedArrayAsync()'), copy);
  },
  eval() {
    evaluate(self(this, 'eval()'));
    return this;
  },
  dispose() {
    if (isArray(this)) dispose(this);
    else throw misused(this, 'dispose()');
  },
  [Symbol.dispose]() {
    if (isArray(this)) dispose(this);
    else throw misused(this, 'dispose()');
  },

  get(...items: unknown[]) {
    return getItem(self(this, 'get()'), items);
  },
  set(index: unknown, value: unknown) {
    setItem(self(this, 'set()'), index, value, SET);
  },
  at(...items: unknown[]) {
    // What is computed later is computed from what the array is now.
    return at(copyOf(self(this, 'at()')), items);
  },
  __getitem__(index: unknown) {
    return getIndex(self(this, '__getitem__()'), index);
  },
  __setitem__(index: unknown, value: unknown) {
    setItem(self(this, '__setitem__()'), index, value, SETITEM);
  },
  __len__() {
    return lengthOf(self(this, '__len__()'), 'len() of a');
  },
  __iter__() {
    return new ArrayIterator(self(this, '__iter__()'));
  },
  [Symbol.iterator]() {
    return new ArrayIterator(self(this, 'iteration'));
  },

  __copy__() {
    return copyOf(self(this, '__copy__()'));
  },
  __deepcopy__() {
    return copyOf(self(this, '__deepcopy__()'));
  },
  __eq__(other: unknown) {
    checkCount(EQ, arguments, 1);
    const array = self(this, '__eq__()');
    return isComparable(other, '__eq__()') ? equal(array, other as Operand) : false;
  },
  __ne__(other: unknown) {
    checkCount(NE, arguments, 1);
    const array = self(this, '__ne__()');
    return isComparable(other, '__ne__()') ? not_equal(array, other as Operand) : true;
  },
  __bool__() {
    const item = scalarOf(self(this, '__bool__()'));
    return item instanceof Complex ? item.re !== 0 || item.im !== 0 : Boolean(item) || Number.isNaN(item);
  },
  __int__() {
    const item = scalarOf(self(this, '__int__()'));
    if (item instanceof Complex) throw new TypeError('__int__(): a complex number cannot become an int.');
    if (typeof item === 'bigint' || typeof item === 'boolean')
      return Number.isSafeInteger(Number(item)) ? Number(item) : item;
    if (Number.isNaN(item)) throw new ValueError('__int__(): cannot convert float NaN to integer');
    if (!Number.isFinite(item))
      throw new OverflowError('__int__(): cannot convert float infinity to integer');
    return Math.trunc(item);
  },
  __float__() {
    const item = scalarOf(self(this, '__float__()'));
    if (item instanceof Complex) throw new TypeError('__float__(): a complex number cannot become a float.');
    return Number(item);
  },
  __complex__() {
    const item = scalarOf(self(this, '__complex__()'));
    return item instanceof Complex ? item : new Complex(Number(item), 0);
  },
  __index__() {
    const array = self(this, '__index__()');
    const isInt = dtypeOf(array).category.name.endsWith('signedinteger');
    if (isInt && shapeOf(array).length === 0) return scalarOf(array);
    throw new TypeError('__index__(): only an int array without dimensions can be an index.');
  },
  __bytes__() {
    const { buffer, byteOffset, byteLength } = toTypedArray(self(this, '__bytes__()'));
    return new Uint8Array(buffer, byteOffset, byteLength);
  },
  __repr__() {
    return reprOf(self(this, '__repr__()'));
  },
  __format__(spec: string) {
    const array = self(this, '__format__()');
    checkCount(FORMAT, arguments, 1);
    if (typeof spec !== 'string') throw badArgument(FORMAT, 'format_spec', 'text', spec);
    if (shapeOf(array).length > 0) {
      if (spec === '') return reprOf(array);
      throw new TypeError('__format__(): unsupported format string passed to mx.array.__format__');
    }
    const item = scalarOf(array);
    // A float of an array is a float also where its value is whole.
    const value = issubdtype(dtypeOf(array), categories.floating) ? new Float(Number(item)) : item;
    try {
      return format(value, spec);
    } catch (error) {
      throw named(error, '__format__');
    }
  },
  toString() {
    return reprOf(self(this, 'toString()'));
  },
  toJSON() {
    const list = toList(self(this, 'toJSON()'));
    return typeof list === 'object' ? refuseFlight(list) : list;
  },
  [inspect.custom]() {
    // Showing a value must not throw, whatever became of it.
    if (!isArray(this)) return '[object array]';
    return handleOf(this) === 0 ? 'array(disposed)' : reprOf(this);
  },
  [Symbol.toPrimitive](hint: string) {
    // Without this, `a + b` would quietly concatenate texts.
    if (hint === 'string') return reprOf(self(this, 'toPrimitive()'));
    throw new TypeError(
      'JavaScript operators do not work on arrays: use a.add(b), a.less(b), or a.item() for the value.',
    );
  },
};

/** The array that a method was called on; one that still holds something. */
function self(value: unknown, call: string): Wrapper {
  if (handleOf(value) === 0) throw misused(value, call);
  return value as Wrapper;
}

function copyOption(options: { copy?: unknown } | null | undefined, call: string): boolean {
  const copy = options?.copy ?? true;
  if (typeof copy !== 'boolean') throw new TypeError(`${call}: copy must be a bool, got ${describe(copy)}.`);
  return copy;
}

function misused(value: unknown, call: string): Error {
  if (isArray(value)) return new ValueError(`${call}: the array has been disposed.`);
  return new TypeError(`${call}: a method of mx.array was called on something else (${describe(value)}).`);
}

/** What becomes of the class: everything that is defined elsewhere, hidden from enumeration. */
function memberDescriptors(): PropertyDescriptorMap {
  const all: PropertyDescriptorMap = {};
  for (const source of [methods, members]) {
    const descriptors: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(source);
    for (const key of Reflect.ownKeys(descriptors)) {
      all[key] = descriptors[key]!;
      all[key]!.enumerable = false;
    }
  }
  for (const [alias, target] of Object.entries(aliases)) all[alias] = all[target]!;
  return all;
}

Object.defineProperties(Wrapper.prototype, memberDescriptors());
refuseFlight(Wrapper.prototype);

/** The type of `mx.array`'s instances. */
export type array = Wrapper;

/** `mx.array`: makes arrays, with or without `new`, and is their class for `instanceof`. */
export function array(this: unknown, ...given: unknown[]): Wrapper {
  return makeArray(...given);
}
array.prototype = Wrapper.prototype;
// A bundler may have renamed the function.
Object.defineProperty(array, 'name', { value: 'array' });
Object.defineProperty(Wrapper.prototype, 'constructor', { value: array, configurable: true, writable: true });
