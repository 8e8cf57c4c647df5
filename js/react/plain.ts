// From values with arrays to plain data: what JSON, React and structured cloning can carry.
//
// { step: 3, loss: array(0.5) } becomes { step: 3, loss: 0.5 }. The arrays of a value are evaluated together and off
// the event loop. Numbers that JSON lacks (BigInt, NaN) stay: React carries them, and wire.ts encodes them.
import { async_eval } from '../async';
import { TypeError, ValueError } from '../errors';
import { isArray, type Wrapper } from '../handle';
import { dtypeOf, shapeOf, toList, toTypedArray } from '../host_data';
import { Complex, Float } from '../numbers';
import { describe } from '../signature';
import type { TypedData } from './stream_state';

export interface PlainOptions {
  /** Arrays as nested lists and numbers (`'lists'`, as `tolist()`), or as `{ dtype, shape, data }` (`'typed'`). */
  arrays?: 'lists' | 'typed';
}

type Convert = (array: Wrapper) => unknown;

const CONVERSIONS: Record<NonNullable<PlainOptions['arrays']>, Convert> = {
  lists: toList,
  typed: (array): TypedData => ({
    dtype: dtypeOf(array).key,
    shape: shapeOf(array),
    data: toTypedArray(array),
  }),
};

const MAX_DEPTH = 200;

/** A copy of the value with `convert` of each array. Throws for what is no plain data, with its place. */
function copy(value: unknown, convert: Convert, place: string, depth = 0): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notPlain(value, place);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new ValueError(`${place} is nested too deeply, or contains itself.`);
  if (isArray(value)) return convert(value);
  if (Array.isArray(value)) {
    return Array.from(value, (item, i) => copy(item, convert, `${place}[${i}]`, depth + 1));
  }
  if (value instanceof Float) return value.value;
  if (value instanceof Complex) return { re: value.re, im: value.im };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value;
  if (!isPlainObject(value)) throw notPlain(value, place);
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, copy(item, convert, `${place}.${key}`, depth + 1)]),
  );
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function notPlain(value: unknown, place: string): Error {
  return new TypeError(
    `${place} cannot leave the server (${describe(value)}): only arrays, typed arrays, numbers, texts, bools, null, ` +
      'and lists and plain objects of these can.',
  );
}

/** Plain data of a value that holds arrays anywhere in lists and objects. */
export async function toPlain(value: unknown, options: PlainOptions = {}): Promise<any> {
  const convert = conversion(options);
  const arrays: Wrapper[] = [];
  copy(value, (array) => arrays.push(array), 'The value');
  await async_eval(arrays);
  return copy(value, convert, 'The value');
}

/** The conversion that the options name. */
export function conversion({ arrays = 'lists' }: PlainOptions): Convert {
  if (!Object.hasOwn(CONVERSIONS, arrays)) {
    const names = Object.keys(CONVERSIONS).map((name) => `'${name}'`);
    throw new ValueError(`arrays must be ${names.join(' or ')}, got ${describe(arrays)}.`);
  }
  return CONVERSIONS[arrays];
}

/**
 * The values of an iterable as plain data, for a client component's property. The result may be read more than once
 * only if the iterable may; React buffers it for the client. Ending early calls the iterator's `return()`.
 */
export function toPlainStream<T>(
  values: AsyncIterable<T> | Iterable<T>,
  options: PlainOptions = {},
): AsyncIterable<any> {
  conversion(options);
  return {
    async *[Symbol.asyncIterator]() {
      for await (const value of values) yield await toPlain(value, options);
    },
  };
}
