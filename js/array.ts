// The array class: attributes, conversions, iteration, printing. Operations are generated (#bind/methods.js).
import { inspect } from 'node:util';
import { aliases, methods } from '#bind/methods.js';
import { equal, imag, matrix_transpose, not_equal, real, transpose } from '#bind/core.js';
import { itemAsync, tolistAsync, toTypedArrayAsync } from './async';
import { makeArray } from './creation';
import { evaluate } from './evaluation';
import type { Dtype } from './dtype';
import { OverflowError, TypeError, ValueError } from './errors';
import { adopt, dispose, isArray, newArray, Wrapper } from './handle';
import { dtypeOf, isHostData, liveHandle, reprOf, scalarOf, shapeOf, sizeOf, toList, toTypedArray } from './host_data';
import { at, getItem, setItem } from './indexing';
import { native } from './native';
import { Complex, Float } from './numbers';
import { ints } from './registers';
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

/** An object with `__mlx_array__`, a method that returns an array: what operations take in an array's place. */
export interface ArrayLike {
  __mlx_array__(): Wrapper;
}

function lengthOf(array: Wrapper, what: string): number {
  const shape = shapeOf(array);
  if (shape.length === 0) throw new TypeError(`${what} 0-dimensional array.`);
  return shape[0]!;
}

/** Whether Python would compare a value with an array element by element. */
function isComparable(value: any): boolean {
  if (value === undefined || value === null) throw new TypeError('An array cannot be compared with null.');
  return (
    typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ||
    value instanceof Float || value instanceof Complex || isArray(value) || isHostData(value) ||
    typeof value.__mlx_array__ === 'function'
  );
}

function copyOf(array: Wrapper): Wrapper {
  ints[0] = liveHandle(array);
  const out = newArray();
  native.copy(out);
  return adopt(out);
}

const members = {
  get shape(): number[] {
    return shapeOf(self(this));
  },
  get dtype(): Dtype {
    return dtypeOf(self(this));
  },
  get ndim(): number {
    return shapeOf(self(this)).length;
  },
  get size(): number {
    return sizeOf(self(this));
  },
  get itemsize(): number {
    return dtypeOf(self(this)).size;
  },
  get nbytes(): number {
    return sizeOf(self(this)) * dtypeOf(self(this)).size;
  },
  get T(): Wrapper {
    return transpose(self(this));
  },
  get mT(): Wrapper {
    return matrix_transpose(self(this));
  },
  get real(): Wrapper {
    return real(self(this));
  },
  get imag(): Wrapper {
    return imag(self(this));
  },

  item() {
    return scalarOf(self(this));
  },
  tolist() {
    return toList(self(this));
  },
  toTypedArray(options: { copy?: boolean } = {}) {
    return toTypedArray(self(this), options.copy ?? true);
  },
  itemAsync() {
    return itemAsync(self(this));
  },
  tolistAsync() {
    return tolistAsync(self(this));
  },
  toTypedArrayAsync(options: { copy?: boolean } = {}) {
    return toTypedArrayAsync(self(this), options.copy ?? true);
  },
  eval() {
    evaluate(self(this));
    return this;
  },
  dispose() {
    dispose(self(this));
  },
  [Symbol.dispose]() {
    dispose(self(this));
  },

  get(...items: unknown[]) {
    return getItem(self(this), items);
  },
  set(index: unknown, value: unknown) {
    setItem(self(this), index, value);
  },
  at(...items: unknown[]) {
    return at(self(this), items);
  },
  __getitem__(index: unknown) {
    return getItem(self(this), Array.isArray(index) ? index : [index]);
  },
  __setitem__(index: unknown, value: unknown) {
    setItem(self(this), index, value);
  },
  __len__() {
    return lengthOf(self(this), 'len() of a');
  },
  __iter__() {
    return new ArrayIterator(self(this));
  },
  [Symbol.iterator]() {
    return new ArrayIterator(self(this));
  },

  __copy__() {
    return copyOf(self(this));
  },
  __deepcopy__() {
    return copyOf(self(this));
  },
  __eq__(other: unknown) {
    return isComparable(other) ? equal(self(this), other as Operand) : false;
  },
  __ne__(other: unknown) {
    return isComparable(other) ? not_equal(self(this), other as Operand) : true;
  },
  __bool__() {
    const item = scalarOf(self(this));
    return item instanceof Complex ? item.re !== 0 || item.im !== 0 : Boolean(item) || Number.isNaN(item);
  },
  __int__() {
    const item = scalarOf(self(this));
    if (item instanceof Complex) throw new TypeError('__int__(): a complex number cannot become an int.');
    if (typeof item === 'bigint' || typeof item === 'boolean') return Number.isSafeInteger(Number(item)) ? Number(item) : item;
    if (Number.isNaN(item)) throw new ValueError('__int__(): cannot convert float NaN to integer');
    if (!Number.isFinite(item)) throw new OverflowError('__int__(): cannot convert float infinity to integer');
    return Math.trunc(item);
  },
  __float__() {
    const item = scalarOf(self(this));
    if (item instanceof Complex) throw new TypeError('__float__(): a complex number cannot become a float.');
    return Number(item);
  },
  __complex__() {
    const item = scalarOf(self(this));
    return item instanceof Complex ? item : new Complex(Number(item), 0);
  },
  __index__() {
    const item = scalarOf(self(this));
    if (dtypeOf(self(this)).category.name.endsWith('signedinteger')) return item;
    throw new TypeError('__index__(): only an array of ints can be an index.');
  },
  __bytes__() {
    const { buffer, byteOffset, byteLength } = toTypedArray(self(this));
    return new Uint8Array(buffer, byteOffset, byteLength);
  },
  __repr__() {
    return reprOf(self(this));
  },
  __format__(spec = '') {
    if (spec !== '') throw new TypeError('unsupported format string passed to mx.array.__format__');
    return shapeOf(self(this)).length === 0 ? String(scalarOf(self(this))) : reprOf(self(this));
  },
  toString() {
    return reprOf(self(this));
  },
  toJSON() {
    return toList(self(this));
  },
  [inspect.custom]() {
    return reprOf(self(this));
  },
  [Symbol.toPrimitive](hint: string) {
    // Without this, `a + b` would quietly concatenate texts.
    if (hint === 'string') return reprOf(self(this));
    throw new TypeError('JavaScript operators do not work on arrays: use a.add(b), a.less(b), or a.item() for the value.');
  },
};

/** The array that a method was called on. */
function self(value: unknown): Wrapper {
  if (!isArray(value)) throw new TypeError('A method of mx.array was called on something else.');
  return value;
}

function install(prototype: object, source: object): void {
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(source))) define(prototype, key, descriptor);
  for (const key of Object.getOwnPropertySymbols(source)) {
    define(prototype, key, Object.getOwnPropertyDescriptor(source, key)!);
  }
}

function define(prototype: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
  Object.defineProperty(prototype, key, { ...descriptor, enumerable: false });
}

install(Wrapper.prototype, methods);
install(Wrapper.prototype, members);
for (const [alias, target] of Object.entries(aliases)) {
  define(Wrapper.prototype, alias, Object.getOwnPropertyDescriptor(Wrapper.prototype, target)!);
}

/** `mx.array`: makes arrays, with or without `new`, and is their class for `instanceof`. */
export function array(this: unknown, ...given: unknown[]): Wrapper {
  return makeArray(...given);
}
array.prototype = Wrapper.prototype;
Object.defineProperty(Wrapper.prototype, 'constructor', { value: array, configurable: true, writable: true });
