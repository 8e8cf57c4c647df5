// Arguments: conversion from JavaScript values, one function per kind, used by the generated glue.
//
// A converter returns what the registers hold (a handle, a number, a list's position) or throws a TypeError that
// names the call. Converters may run user code, stores (`put…`) never do: see registers.ts.
import { Dtype, isDtype } from './dtype';
import { OverflowError, RuntimeError, ValueError } from './errors';
import { handleOf, isArray, ownHandle, Wrapper } from './handle';
import { fromHost, isHostData, scalarOf, sizeOf, typedElements } from './host_data';
import { Complex, Float, isInteger } from './numbers';
import {
  doubles,
  halves,
  ints,
  list,
  MAX_LIST,
  NO_LIST,
  reserveList,
  ringTurns,
  TAG,
  wides,
  withOwnRegisters,
} from './registers';
import { badArgument, describe, type Signature, shorten } from './signature';

const { getPrototypeOf } = Object;
const ObjectPrototype = Object.prototype;

/** Whether a last argument is an options object: a plain object, of this realm or another. */
export function isOptions(value: unknown): value is Record<string, any> {
  if (typeof value !== 'object' || value === null) return false;
  // What calls mostly end with. Asking for a prototype is slow.
  if (value instanceof Wrapper || value instanceof Dtype || Array.isArray(value)) return false;
  const prototype = getPrototypeOf(value);
  return prototype === ObjectPrototype || prototype === null || getPrototypeOf(prototype) === null;
}

/** A value that may be null but must be given. */
export function given(value: unknown, signature: Signature, name: string): unknown {
  if (value === undefined) throw badArgument(signature, name, 'given', value);
  return value;
}

/** An array's handle. */
export function array(value: unknown, signature: Signature, name: string): number {
  const handle = handleOf(value);
  if (handle !== 0) return handle;
  return arrayLike(value, signature, name);
}

function arrayLike(value: unknown, signature: Signature, name: string): number {
  if (isArray(value)) throw disposed(signature, name);
  throw badArgument(signature, name, 'an array', value);
}

function disposed(signature: Signature, name: string): Error {
  return new ValueError(`${signature.name}(): the array given as '${name}' has been disposed.`);
}

/** An array's handle, or 0 for none. */
export function maybeArray(value: unknown, signature: Signature, name: string): number {
  return value === undefined || value === null ? 0 : array(value, signature, name);
}

/** What an operation with scalars accepts, after host data and objects with `__mlx_array__` became arrays. */
export type Operand = number | bigint | boolean | Float | Complex | Wrapper | HostOperand;

/** A typed array used as an operand: it takes on the dtype of the array beside it. */
class HostOperand {
  constructor(readonly array: Wrapper) {}
}

/** Converts a scalar, an array, host data or an object with `__mlx_array__`. */
export function operand(value: unknown, signature: Signature, name: string): Operand {
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return wideScalar(value, signature);
    case 'object':
      if (value === null) break;
      if (handleOf(value) !== 0) return value as Wrapper;
      if (isArray(value)) throw disposed(signature, name);
      if (value instanceof Float || value instanceof Complex) return value;
      if (isHostData(value)) return new HostOperand(fromHost(value, undefined, true, signature.name));
      break;
  }
  return accessor(value, signature, name);
}

/** A BigInt that native code can hold. */
function wideScalar(value: bigint, signature: Signature): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new RuntimeError(`${signature.name}(): the integer ${shorten(value)} does not fit 64 bits.`);
}

function accessor(value: any, signature: Signature, name: string): Operand {
  if (value === undefined || value === null)
    throw badArgument(signature, name, 'a scalar or an array', value);
  if (typeof value.__mlx_array__ === 'function') {
    const made = withOwnRegisters(() => value.__mlx_array__());
    if (isArray(made)) return operand(made, signature, name);
  }
  throw new ValueError(
    `${signature.name}(): Invalid type ${describe(value)} received in array initialization.`,
  );
}

/** Converts an operand that may be missing. */
export function maybeOperand(value: unknown, signature: Signature, name: string): Operand | undefined {
  return value === undefined || value === null ? undefined : operand(value, signature, name);
}

/** Stores an operand in register k. */
export function putOperand(k: number, value: Operand | undefined): void {
  if (typeof value === 'number') {
    ints[2 * k] = isInteger(value) ? TAG.integer : TAG.real;
    doubles[2 * k] = value;
  } else if (typeof value === 'boolean') {
    ints[2 * k] = TAG.boolean;
    doubles[2 * k] = value ? 1 : 0;
  } else if (value instanceof Wrapper) {
    ints[2 * k] = TAG.array;
    ints[2 * k + 1] = ownHandle(value);
  } else {
    putRareOperand(k, value);
  }
}

function putRareOperand(k: number, value: Operand | undefined): void {
  if (value === undefined) {
    ints[2 * k] = TAG.none;
  } else if (typeof value === 'bigint') {
    ints[2 * k] = TAG.wideInteger;
    wides[2 * k] = value;
  } else if (value instanceof Float) {
    ints[2 * k] = TAG.real;
    doubles[2 * k] = value.value;
  } else if (value instanceof Complex) {
    ints[2 * k] = TAG.complex;
    doubles[2 * k] = value.re;
    doubles[2 * k + 1] = value.im;
  } else if (value instanceof HostOperand) {
    ints[2 * k] = TAG.hostArray;
    ints[2 * k + 1] = ownHandle(value.array);
  }
}

const MIN_INT = -(2 ** 31);
const MAX_INT = 2 ** 31 - 1;

/** Whether a value is an array of one element, which stands for that element. */
function isSingle(value: unknown): value is Wrapper {
  return handleOf(value) !== 0 && sizeOf(value as Wrapper) === 1;
}

/** Reads a Python int, where a bool is one too and an array of size 1 stands for its item; NaN if it is none. */
function integerOf(value: unknown): number {
  if (typeof value === 'number') return value === (value | 0) || isInteger(value) ? value : NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (isSingle(value)) {
    const item = scalarOf(value);
    return item instanceof Complex ? NaN : Math.trunc(Number(item));
  }
  return NaN;
}

/** A 32-bit int. */
export function int(value: unknown, signature: Signature, name: string): number {
  const n = integerOf(value);
  if (n >= MIN_INT && n <= MAX_INT) return n;
  throw badArgument(signature, name, 'an int of 32 bits', value);
}

/** An int, or undefined for none. */
export function maybeInt(value: unknown, signature: Signature, name: string): number | undefined {
  return value === undefined || value === null ? undefined : int(value, signature, name);
}

/** Stores an int that may be missing in register k. */
export function putMaybeInt(k: number, value: number | undefined): void {
  ints[2 * k] = value ?? 0;
  ints[2 * k + 1] = value === undefined ? 0 : 1;
}

/** An int of 64 bits, signed or unsigned: a BigInt, or a number where that is exact. */
export function wideInt(
  value: unknown,
  unsigned: boolean,
  signature: Signature,
  name: string,
): bigint | number {
  if (Number.isSafeInteger(value) && (value as number) >= (unsigned ? 0 : -Infinity)) return value as number;
  const n = typeof value === 'bigint' ? value : integerOf(value);
  if (typeof n === 'bigint' || Number.isInteger(n)) {
    const wide = BigInt(n);
    if ((unsigned ? BigInt.asUintN(64, wide) : BigInt.asIntN(64, wide)) === wide) return wide;
  }
  throw badArgument(signature, name, unsigned ? 'an int from 0 to 2**64 - 1' : 'an int of 64 bits', value);
}

/** Stores a 64-bit int in register k. */
export function putWideInt(k: number, value: bigint | number): void {
  if (typeof value === 'bigint') {
    wides[2 * k] = BigInt.asIntN(64, value);
  } else {
    halves[4 * k] = value;
    halves[4 * k + 1] = Math.floor(value / 2 ** 32);
  }
}

/** A float; ints and arrays of size 1 count as one. */
export function real(value: unknown, signature: Signature, name: string): number {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (isSingle(value)) {
    const item = scalarOf(value);
    if (!(item instanceof Complex)) return Number(item);
  }
  throw badArgument(signature, name, 'a number', value);
}

/** A float, or undefined for none. */
export function maybeReal(value: unknown, signature: Signature, name: string): number | undefined {
  return value === undefined || value === null ? undefined : real(value, signature, name);
}

/** Stores a float that may be missing in register k. */
export function putMaybeReal(k: number, value: number | undefined): void {
  doubles[2 * k] = value ?? 0;
  ints[2 * k + 1] = value === undefined ? 0 : 1;
}

/** A bool, as 0 or 1. */
export function bool(value: unknown, signature: Signature, name: string): number {
  if (value === true) return 1;
  if (value === false) return 0;
  throw badArgument(signature, name, 'a bool', value);
}

/** A string. */
export function string(value: unknown, signature: Signature, name: string): string {
  if (typeof value === 'string') return value;
  throw badArgument(signature, name, 'a string', value);
}

/** A string, or undefined for none. */
export function maybeString(value: unknown, signature: Signature, name: string): string | undefined {
  return value === undefined || value === null ? undefined : string(value, signature, name);
}

/** A dtype's code. */
export function dtype(value: unknown, signature: Signature, name: string): number {
  if (isDtype(value)) return value.code;
  throw badArgument(signature, name, 'a dtype (an object such as mx.float32, never a string)', value);
}

/** A dtype's code, or -1 for none. */
export function maybeDtype(value: Dtype | null | undefined, signature: Signature, name: string): number {
  return value === undefined || value === null ? -1 : dtype(value, signature, name);
}

/** A list of ints; its position in the list area. An item that is no 32-bit int makes the whole call wrong. */
export function intList(value: unknown, signature: Signature, name: string): number {
  return writeInts(value, false, signature, name);
}

/** A shape: a list of ints, where an int outside 32 bits is an OverflowError of its own. */
export function shapeList(value: unknown, signature: Signature, name: string): number {
  return writeInts(value, true, signature, name);
}

function writeInts(value: unknown, isShape: boolean, signature: Signature, name: string): number {
  const items = sequence(value);
  if (items === undefined) throw badArgument(signature, name, 'a list of ints', value);
  const count = lengthOf(items, signature, name);
  const position = reserveList(count);
  const turns = ringTurns;
  for (let i = 0; i < count; i++) {
    const item = items[i];
    const n = integerOf(item);
    if (!(n >= MIN_INT && n <= MAX_INT)) throw badInt(item, isShape, signature, name);
    list[position + 1 + i] = n;
  }
  if (turns !== ringTurns) throw tangled(signature, name);
  return position;
}

function badInt(item: unknown, isShape: boolean, signature: Signature, name: string): Error {
  if (!isShape) return badArgument(signature, name, 'a list of ints of 32 bits', item);
  if (!Number.isInteger(integerOf(item)) || Math.abs(integerOf(item)) >= 2 ** 63) {
    return badArgument(signature, name, 'a list of ints', item);
  }
  return new OverflowError(
    `${signature.name}(): Integer value ${item} is outside the supported range [${MIN_INT}, ${MAX_INT}].`,
  );
}

/** A list's length, which is bounded: room for all items is reserved at once. */
function lengthOf(items: ArrayLike<unknown>, signature: Signature, name: string): number {
  const { length } = items;
  if (length <= MAX_LIST) return length;
  throw badArgument(signature, name, `a list of at most ${MAX_LIST} items`, items);
}

/** The error for a list that is no plain one: reading it called so much of this library that its place is lost. */
function tangled(signature: Signature, name: string): Error {
  return new RuntimeError(`${signature.name}(): the getters of '${name}' call too many operations.`);
}

/** A list: an Array, a typed array of ints, or undefined for anything else. */
function sequence(value: unknown): ArrayLike<unknown> | undefined {
  return Array.isArray(value) ? value : typedElements(value);
}

/** A list of ints, or NO_LIST for none. */
export function maybeIntList(value: unknown, signature: Signature, name: string): number {
  return value === undefined || value === null ? NO_LIST : intList(value, signature, name);
}

/** A shape, or NO_LIST for none. */
export function maybeShapeList(value: unknown, signature: Signature, name: string): number {
  return value === undefined || value === null ? NO_LIST : shapeList(value, signature, name);
}

/** One int or a list of ints, as a list. */
export function intOrList(value: unknown, signature: Signature, name: string): number {
  return sequence(value) !== undefined
    ? intList(value, signature, name)
    : oneInt(int(value, signature, name));
}

function oneInt(n: number): number {
  const position = reserveList(1);
  list[position + 1] = n;
  return position;
}

/** One int or a list of ints, or NO_LIST for none. */
export function maybeIntOrList(value: unknown, signature: Signature, name: string): number {
  if (value === undefined || value === null) return NO_LIST;
  if (typeof value === 'number' && value >= MIN_INT && value <= MAX_INT && Number.isInteger(value))
    return oneInt(value);
  return intOrList(value, signature, name);
}

/** One int or a shape, as a list. */
export function intOrShape(value: unknown, signature: Signature, name: string): number {
  return sequence(value) !== undefined
    ? shapeList(value, signature, name)
    : shapeList([value], signature, name);
}

/** A list of 64-bit ints, or NO_LIST for none: pairs of low and high half. */
export function maybeWideList(value: unknown, signature: Signature, name: string): number {
  if (value === undefined || value === null) return NO_LIST;
  const items = sequence(value);
  if (items === undefined) throw badArgument(signature, name, 'a list of ints', value);
  const wide = readItems(items, signature, name, (item) => BigInt(wideInt(item, false, signature, name)));
  const position = reserveList(2 * wide.length);
  wide.forEach((item, i) => {
    list[position + 1 + 2 * i] = Number(BigInt.asIntN(32, item));
    list[position + 2 + 2 * i] = Number(BigInt.asIntN(32, item >> 32n));
  });
  return position;
}

/** A list of arrays; its position in the list area. */
export function arrayList(value: unknown, signature: Signature, name: string): number {
  if (!Array.isArray(value)) throw badArgument(signature, name, 'a list of arrays', value);
  const count = lengthOf(value, signature, name);
  const position = reserveList(count);
  const turns = ringTurns;
  for (let i = 0; i < count; i++) {
    const item = value[i];
    const handle = handleOf(item);
    if (handle === 0) {
      throw isArray(item)
        ? disposed(signature, name)
        : badArgument(signature, name, 'a list of arrays', item ?? null);
    }
    list[position + 1 + i] = handle;
  }
  if (turns !== ringTurns) throw tangled(signature, name);
  return position;
}

/** A list's items, converted; by index, since its iterator may be anybody's. */
/** Converts the items of a list, whose length is bounded; a hole is undefined. */
export function readItems<T>(
  items: ArrayLike<unknown>,
  signature: Signature,
  name: string,
  convert: (item: unknown) => T,
): T[] {
  const out = new Array<T>(lengthOf(items, signature, name));
  for (let i = 0; i < out.length; i++) out[i] = convert(items[i]);
  return out;
}

/** A bool that may be missing. */
export function maybeBool(value: unknown, signature: Signature, name: string): number | undefined {
  return value === undefined || value === null ? undefined : bool(value, signature, name);
}

/** A Python number whose kind decides a dtype (bool, int or float), as an operand. */
export function number(value: unknown, signature: Signature, name: string): Operand {
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Float) return value;
  if (typeof value === 'bigint') return wideScalar(value, signature);
  throw badArgument(signature, name, 'a number', value);
}

/** A Python number that may be missing. */
export function maybeNumber(value: unknown, signature: Signature, name: string): Operand | undefined {
  return value === undefined || value === null ? undefined : number(value, signature, name);
}

/** One int or a list of ints, with the difference kept. */
export interface IntOrInts {
  position: number;
  single: boolean;
}

export function intOrInts(value: unknown, signature: Signature, name: string): IntOrInts {
  return { position: intOrList(value, signature, name), single: sequence(value) === undefined };
}

/** One int or a list of ints, or NO_LIST for none. */
export function maybeIntOrInts(value: unknown, signature: Signature, name: string): IntOrInts {
  if (value === undefined || value === null) return { position: NO_LIST, single: false };
  return intOrInts(value, signature, name);
}

/** Stores one int or a list in register k. */
export function putIntOrInts(k: number, value: IntOrInts): void {
  ints[2 * k] = value.position;
  ints[2 * k + 1] = value.single ? 1 : 0;
}

/** One int, or a list of exactly `count` ints. */
export function spatial(value: unknown, count: number, signature: Signature, name: string): IntOrInts {
  const items = sequence(value);
  if (items !== undefined && items.length !== count) {
    throw badArgument(signature, name, `an int or a list of ${count} ints`, value);
  }
  return intOrInts(value, signature, name);
}

/** One int or an array of ints. */
export function intOrArray(value: unknown, signature: Signature, name: string): number | Wrapper {
  if (isArray(value)) {
    array(value, signature, name);
    return value;
  }
  return int(value, signature, name);
}

/** Stores an int or an array in register k. */
export function putIntOrArray(k: number, value: number | Wrapper): void {
  if (typeof value === 'number') {
    ints[2 * k] = TAG.integer;
    ints[2 * k + 1] = value;
  } else {
    ints[2 * k] = TAG.array;
    ints[2 * k + 1] = ownHandle(value);
  }
}

/** An int (depth 0), a list of ints (1) or a list of lists of ints (2), flattened: the depth, then each list's
 * length and items. */
export function lists(value: unknown, signature: Signature, name: string): number[] {
  const items = sequence(value);
  if (items === undefined) return [0, 1, int(value, signature, name)];
  if (items.length === 0 || sequence(items[0]) === undefined) {
    const out = [1];
    pushInts(out, items, signature, name);
    return out;
  }
  const out = [2];
  const count = lengthOf(items, signature, name);
  for (let i = 0; i < count; i++) {
    const inner = sequence(items[i]);
    if (inner === undefined)
      throw badArgument(signature, name, 'an int, a list of ints, or a list of such lists', value);
    pushInts(out, inner, signature, name);
  }
  return out;
}

/** Appends a list's length and its ints. */
function pushInts(out: number[], items: ArrayLike<unknown>, signature: Signature, name: string): void {
  const count = lengthOf(items, signature, name);
  out.push(count);
  for (let i = 0; i < count; i++) out.push(int(items[i], signature, name));
}

/** Stores flattened lists in register k. */
export function putLists(k: number, value: number[]): void {
  const position = reserveList(value.length);
  for (let i = 0; i < value.length; i++) list[position + 1 + i] = value[i]!;
  ints[2 * k] = position;
}

/** Arrays given one by one. */
export function variadicArrays(value: readonly unknown[], signature: Signature, name: string): number {
  for (const item of value) {
    // Python's binding casts these without asking, and fails with a RuntimeError.
    if (isArray(item) && ownHandle(item) === 0) throw disposed(signature, name);
    if (!isArray(item)) throw new RuntimeError(badArgument(signature, name, 'arrays', item ?? null).message);
  }
  return arrayList(value, signature, name);
}

/** Ints given one by one, or as one list; NO_LIST for none. */
export function variadicInts(value: readonly unknown[], signature: Signature, name: string): number {
  if (value.length === 0) return NO_LIST;
  if (value.length === 1 && typeof value[0] !== 'number') {
    return value[0] === null || value[0] === undefined
      ? intList(value[0], signature, name)
      : intOrShape(value[0], signature, name);
  }
  return shapeList(value, signature, name);
}

/** An array's handle, a string, or 0 for none: travels as a JavaScript value. */
export function arrayOrString(value: unknown, signature: Signature, name: string): number | string {
  if (value === undefined || value === null) return 0;
  return typeof value === 'string' ? value : array(value, signature, name);
}

/** A number, a string, or undefined for none: travels as a JavaScript value. */
export function numberOrString(
  value: unknown,
  signature: Signature,
  name: string,
): number | string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : real(value, signature, name);
}
