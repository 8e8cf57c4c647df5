// Slices: Python's `start:stop:step`, as text (`a.get('1:3')`) or as an object for computed bounds
// (`a.get(mx.slice_(first, last))`). Bounds are checked here, so that an index holds nothing but 32-bit ints.
import { inspect } from 'node:util';
import { RuntimeError, ValueError } from './errors';
import { isInteger } from './numbers';
import { describe } from './signature';

/** A part of a slice; null where it is left out. */
export type SlicePart = number | bigint | null | undefined;

let hasBrand: (value: object) => boolean;

/** A slice, made by `mx.slice_`. Immutable. */
export class Slice {
  readonly #brand = true;
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;

  constructor(start: SlicePart, stop: SlicePart, step: SlicePart) {
    this.start = slicePart(start);
    this.stop = slicePart(stop);
    this.step = slicePart(step);
    Object.freeze(this);
  }
  toString(): string {
    const parts = [this.start, this.stop, this.step].map((part) => part ?? 'None');
    return `slice(${parts.join(', ')})`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  static {
    hasBrand = (value) => #brand in value;
  }
}

/** Whether a value is a slice. */
export function isSlice(value: unknown): value is Slice {
  return typeof value === 'object' && value !== null && hasBrand(value);
}

/** Python's `slice`: with one argument it is the stop, with more start, stop and step. */
export function slice_(
  ...parts: [stop: SlicePart] | [start: SlicePart, stop: SlicePart, step?: SlicePart]
): Slice {
  return parts.length === 1 ? new Slice(null, parts[0], null) : new Slice(parts[0], parts[1], parts[2]);
}

function slicePart(value: unknown): number | null {
  return value === null || value === undefined ? null : indexInt(value, 'A bound of a slice');
}

/** Reads a Python int of 32 bits. */
export function indexInt(value: unknown, what: string): number {
  if (typeof value === 'number' && value === (value | 0)) return value;
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) throw new RuntimeError(`${what} does not fit 64 bits: ${value}.`);
    if (BigInt.asIntN(32, value) === value) return Number(value);
  } else if (typeof value !== 'number' || !isInteger(value)) {
    throw new ValueError(`${what} must be an int or null, got ${describeValue(value)}.`);
  }
  throw new ValueError(`${what} must fit 32 bits: ${value}.`);
}

function describeValue(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : describe(value);
}

const NOTATION = /^\s*([+-]?\d+)?\s*:\s*([+-]?\d+)?\s*(?::\s*([+-]?\d+)?\s*)?$/;
const MAX_CACHED = 1024;
const cache = new Map<string, Slice>();

/** The slice that a text stands for, or undefined if it is none. Remembers what it has parsed. */
export function parseSlice(text: string): Slice | undefined {
  return cache.get(text) ?? parse(text);
}

function parse(text: string): Slice | undefined {
  const match = NOTATION.exec(text);
  if (match === null) return undefined;
  const [start, stop, step] = match.slice(1).map((part) => (part === undefined ? null : BigInt(part)));
  const slice = new Slice(start, stop, step);
  // Programs write few different slices; one that computes them as text must not grow the cache for ever.
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, slice);
  return slice;
}
