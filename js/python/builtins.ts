// Python's builtin functions and types. A type is a function that makes a value, and what `isinstance` compares with.
import * as mx from '../core';
import { isArray } from '../handle';
import { Complex, Float, isInteger } from '../numbers';
import { DICT } from '../tree';
import * as containers from './containers';
import { hashable, isMapLike, iter, makeSet } from './containers';
import {
  AttributeError,
  isException,
  OverflowError,
  StopIteration,
  TypeError,
  ValueError,
} from './exceptions';
import { isPlainObject } from './keywords';
import {
  AttributeDict,
  bases,
  boundMethod,
  call,
  isClass,
  Object as PythonObject,
  setClassAttribute,
} from './object';
import { eq, floordiv, lessThan, mod, normal, pow as power, bool as truth, typeName } from './operators';
import { name_of, nameType, repr, str as text } from './text';
import { isTuple, Tuple } from './tuple';

// ---- types

export { truth as bool };

export function int(value: any = 0, base?: number): any {
  if (typeof value === 'number') return truncated(value);
  if (typeof value === 'bigint') return normal(value);
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Float) return truncated(value.value);
  if (isArray(value)) return (value as any).__int__();
  if (typeof value === 'string') return parseInteger(value, base ?? 10);
  if (typeof value?.__int__ === 'function') return value.__int__();
  throw new TypeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

function truncated(value: number): any {
  if (Number.isNaN(value)) throw new ValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new OverflowError('cannot convert float infinity to integer');
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) || isInteger(whole) ? whole + 0 : BigInt(whole);
}

function parseInteger(value: string, base: number): any {
  const clean = value
    .trim()
    .replace(/(?<=\w)_(?=\w)/g, '')
    .toLowerCase();
  const match = /^([+-]?)(0[xob])?(\w+)$/.exec(clean);
  const digits = match?.[3];
  const wanted = base === 0 ? ({ '0x': 16, '0o': 8, '0b': 2 }[match?.[2] ?? ''] ?? 10) : base;
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, wanted);
  if (match === null || digits === undefined || ![...digits].every((c) => alphabet.includes(c))) {
    throw new ValueError(`invalid literal for int() with base ${base}: ${repr(value)}`);
  }
  let total = 0n;
  for (const c of digits) total = total * BigInt(wanted) + BigInt(alphabet.indexOf(c));
  return normal(match[1] === '-' ? -total : total);
}

export function float(value: any = 0): number {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (isArray(value)) return (value as any).__float__();
  if (typeof value === 'string') {
    const clean = value.trim().toLowerCase().replaceAll('_', '');
    const special = /^([+-]?)(inf|infinity|nan)$/.exec(clean);
    if (special)
      return (special[1] === '-' ? -1 : 1) * (special[2] === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY);
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(clean)) return Number(clean);
    throw new ValueError(`could not convert string to float: ${repr(value)}`);
  }
  if (typeof value?.__float__ === 'function') return value.__float__();
  throw new TypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

export function complex(re: any = 0, im: any = 0): Complex {
  return re instanceof Complex ? re : new Complex(float(re), float(im));
}

export function list(items: any = []): any[] {
  return Array.from(iter(items));
}

export function tuple(items: any = []): Tuple {
  return isTuple(items) ? items : Tuple.of(...iter(items));
}

export function set(items: any = []): Set<any> {
  return makeSet(iter(items));
}

export const frozenset = (items: any = []): Set<any> => makeSet(iter(items));

export function dict(items?: any, named?: Record<string, unknown>): any {
  return containers.dict(items ?? [], named);
}

export function bytes(value: any = []): Uint8Array {
  return typeof value === 'number' ? new Uint8Array(value) : Uint8Array.from(value);
}

export function str(...args: any[]): string {
  return args.length === 0 ? '' : text(args[0]);
}

function NoneType(): null {
  return null;
}

for (const [type, name] of [
  [int, 'int'],
  [float, 'float'],
  [complex, 'complex'],
  [list, 'list'],
  [tuple, 'tuple'],
  [set, 'set'],
  [frozenset, 'frozenset'],
  [dict, 'dict'],
  [bytes, 'bytes'],
  [str, 'str'],
  [truth, 'bool'],
  [NoneType, 'NoneType'],
  [PythonObject, 'object'],
] as const) {
  nameType(type, name);
}
nameType(mx.array, 'array');

/** `object` as a value. */
export { PythonObject as object };

// What `isinstance` asks of values of builtin types.
const TESTS = new Map<unknown, (value: any) => boolean>([
  [
    int,
    (value) =>
      typeof value === 'bigint' ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && isInteger(value)),
  ],
  [float, (value) => value instanceof Float || (typeof value === 'number' && !isInteger(value))],
  [complex, (value) => value instanceof Complex],
  [truth, (value) => typeof value === 'boolean'],
  [str, (value) => typeof value === 'string'],
  [bytes, (value) => value instanceof Uint8Array],
  [list, (value) => Array.isArray(value) && !isTuple(value)],
  [tuple, isTuple],
  [dict, isMapLike],
  [set, (value) => value instanceof Set],
  [frozenset, (value) => value instanceof Set],
  [PythonObject, () => true],
  [NoneType, (value) => value === null || value === undefined],
]);

/** Abstract classes, for `isinstance`. */
export const abc = {
  Callable: { test: (value: any) => typeof value === 'function' || typeof value?.__call__ === 'function' },
  Sequence: { test: (value: any) => Array.isArray(value) || typeof value === 'string' },
  Mapping: { test: isMapLike },
  Iterable: { test: (value: any) => value?.[Symbol.iterator] !== undefined || isMapLike(value) },
  Iterator: { test: (value: any) => typeof value?.next === 'function' },
  Number: {
    test: (value: any) => typeof value === 'number' || typeof value === 'bigint' || value instanceof Float,
  },
  Integral: { test: (value: any) => TESTS.get(int)!(value) },
  Real: {
    test: (value: any) => typeof value === 'number' || typeof value === 'bigint' || value instanceof Float,
  },
};

export function isinstance(value: any, kind: any): boolean {
  if (Array.isArray(kind)) return kind.some((one) => isinstance(value, one));
  if (kind === null || kind === undefined) return value === null || value === undefined;
  const test = TESTS.get(kind) ?? kind.test;
  if (typeof test === 'function' && typeof kind !== 'function') return test(value);
  if (test !== undefined && TESTS.has(kind)) return test(value);
  if (value instanceof Error) return isException(value, kind);
  return value instanceof kind;
}

export function issubclass(cls: any, base: any): boolean {
  if (Array.isArray(base)) return base.some((one) => issubclass(cls, one));
  if (cls === base || base === PythonObject) return true;
  if (base === dict) return cls.prototype instanceof AttributeDict || cls.prototype instanceof Map;
  return typeof cls === 'function' && (cls.prototype instanceof base || isBelow(cls, base));
}

function isBelow(cls: any, base: any): boolean {
  return Object.prototype.isPrototypeOf.call(base.prototype ?? {}, cls.prototype);
}

/** The class of a value. */
export function type(value: any): any {
  for (const kind of [truth, int, float, complex, str, bytes, tuple, list, set])
    if (TESTS.get(kind)!(value)) return kind;
  if (value === null || value === undefined) return NoneType;
  if (isArray(value)) return mx.array;
  const { constructor } = Object.getPrototypeOf(value) ?? {};
  return constructor === undefined || constructor === Object || constructor === Map ? dict : constructor;
}

export function callable(value: any): boolean {
  return typeof value === 'function' || typeof value?.__call__ === 'function';
}

// ---- attributes

export function getattr(target: any, name: string, ...fallback: any[]): any {
  if (hasattr(target, name)) return boundMethod(target, name);
  if (fallback.length > 0) return fallback[0];
  throw new AttributeError(`'${typeName(target)}' object has no attribute '${name}'`);
}

export function hasattr(target: any, name: string): boolean {
  if (target === null || target === undefined) return false;
  const holder = Object(target);
  if (!(name in holder)) return false;
  if (isTuple(holder) && name === '_fields') return true;
  // Members of JavaScript's own prototypes are none of Python's.
  if (holder[name] === undefined) return false;
  const own = Object.prototype as any;
  return !(holder[name] === own[name] && !Object.hasOwn(holder, name));
}

export function setattr(target: any, name: string, value: any): null {
  if (isClass(target)) setClassAttribute(target, name, value);
  else target[name] = value;
  return null;
}

export function delattr(target: any, name: string): null {
  if (!Object.hasOwn(target, name)) throw new AttributeError(name);
  delete target[name];
  return null;
}

/** A method that is read without being called. Methods of builtin types become functions. */
export function bound(target: any, name: string): any {
  if (target === null || target === undefined)
    throw new AttributeError(`'NoneType' object has no attribute '${name}'`);
  const builtin =
    Array.isArray(target) ||
    isPlainObject(target) ||
    target instanceof Set ||
    typeof target === 'string' ||
    (target instanceof Map && (target as any)[name] === (Map.prototype as any)[name]);
  if (builtin) {
    const method = METHODS[name];
    if (method !== undefined && (!isPlainObject(target) || !Object.hasOwn(target, name)))
      return (...args: any[]) => method(target, ...args);
  }
  return boundMethod(target, name);
}

let METHODS: Record<string, (target: any, ...args: any[]) => any> = {};

/** Methods of builtin types by Python's names. */
export function useMethods(methods: typeof METHODS): void {
  METHODS = methods;
}

export function vars(target: any): any {
  return isMapLike(target) && DICT in target ? target : { ...target };
}

export function id(value: any): number {
  if (typeof value !== 'object' && typeof value !== 'function') return typeof value === 'number' ? value : 0;
  let found = identities.get(value);
  if (found === undefined) {
    found = ++lastIdentity;
    identities.set(value, found);
  }
  return found;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

export function hash(value: any): number {
  if (typeof value?.__hash__ === 'function') return value.__hash__();
  if (typeof value === 'number') return value;
  const key = typeof value === 'string' || Array.isArray(value) ? repr(value) : undefined;
  if (key === undefined) return id(value);
  let code = 7;
  for (let i = 0; i < key.length; i++) code = (code * 31 + key.charCodeAt(i)) | 0;
  return code;
}

// ---- numbers

export function abs(value: any): any {
  if (typeof value === 'number') return Math.abs(value);
  if (isArray(value)) return mx.abs(value);
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  if (value instanceof Float) return new Float(Math.abs(value.value));
  if (value instanceof Complex) return Math.hypot(value.re, value.im);
  if (typeof value?.__abs__ === 'function') return value.__abs__();
  return Math.abs(Number(value));
}

/** Rounds half to even. */
export function round(value: any, digits: any = null): any {
  if (isArray(value)) return mx.round(value, ...(digits === null ? [] : [digits]));
  if (typeof value?.__round__ === 'function') return value.__round__(digits);
  if (typeof value === 'bigint') return value;
  const number = float(value);
  if (digits === null) return int(halfEven(number));
  if (digits < 0) {
    const unit = 10 ** -digits;
    return halfEven(number / unit) * unit;
  }
  if (!Number.isFinite(number)) return number;
  const fixed = Number(number.toFixed(Math.min(100, digits)));
  // Only an exact tie can go the other way.
  const scaled = number * 10 ** digits;
  const tie =
    Math.abs(scaled % 1) === 0.5 &&
    Number.isInteger(number * 2 ** 52 * 2) &&
    number.toFixed(Math.min(100, digits + 25)).endsWith(`5${'0'.repeat(24)}`);
  return tie ? halfEven(scaled) / 10 ** digits : fixed;
}

function halfEven(value: number): number {
  const lower = Math.floor(value);
  const rest = value - lower;
  if (rest !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

export function divmod(a: any, b: any): Tuple {
  return isArray(a) || isArray(b)
    ? Tuple.of(...(mx.divmod(a, b) as any))
    : Tuple.of(floordiv(a, b), mod(a, b));
}

export function pow(base: any, exponent: any, modulus: any = null): any {
  if (modulus === null) return power(base, exponent);
  let result = 1n;
  let factor = BigInt(base) % BigInt(modulus);
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % BigInt(modulus);
    factor = (factor * factor) % BigInt(modulus);
  }
  return normal(((result % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus));
}

export function hex(value: number | bigint): string {
  return BigInt(value) < 0n ? `-0x${(-BigInt(value)).toString(16)}` : `0x${BigInt(value).toString(16)}`;
}

export function bin(value: number | bigint): string {
  return BigInt(value) < 0n ? `-0b${(-BigInt(value)).toString(2)}` : `0b${BigInt(value).toString(2)}`;
}

export function chr(code: number): string {
  return String.fromCodePoint(code);
}

export function ord(c: string): number {
  return c.codePointAt(0)!;
}

// ---- iteration

/** `range(…)`: an iterable of ints with a length, subscripts and `in`. */
class Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
  *[Symbol.iterator](): Iterator<number> {
    for (let i = this.start; this.step > 0 ? i < this.stop : i > this.stop; i += this.step) yield i;
  }
  __len__(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
  __getitem__(index: any): any {
    const all = [...this];
    return containers.getitem(all, index);
  }
  __contains__(value: any): boolean {
    const steps = (Number(value) - this.start) / this.step;
    return Number.isInteger(steps) && steps >= 0 && steps < this.__len__();
  }
  __eq__(other: any): boolean {
    return other instanceof Range && truth(eq([...this], [...other]));
  }
  __repr__(): string {
    return this.step === 1
      ? `range(${this.start}, ${this.stop})`
      : `range(${this.start}, ${this.stop}, ${this.step})`;
  }
}

export function range(first: any, second?: any, step: any = 1): any {
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const [from, to, by] = [start, stop, step].map((part) =>
    Number(isArray(part) ? (part as any).__index__() : part),
  );
  if (![from, to, by].every(Number.isInteger))
    throw new TypeError("'float' object cannot be interpreted as an integer");
  if (by === 0) throw new ValueError('range() arg 3 must not be zero');
  return new Range(from!, to!, by!);
}

export function* enumerate(items: any, start: any = 0): Generator<Tuple> {
  let i = isPlainObject(start) ? (start as any).start : start;
  for (const item of iter(items)) yield Tuple.of(i++, item);
}

export function* zip(...args: any[]): Generator<Tuple> {
  const options = args.length > 0 && isPlainObject(args.at(-1)) && 'strict' in args.at(-1) ? args.pop() : {};
  const iterators = args.map((items) => iter(items)[Symbol.iterator]());
  if (iterators.length === 0) return;
  try {
    for (;;) {
      const next: any[] = [];
      for (const [i, iterator] of iterators.entries()) {
        const { done, value } = iterator.next();
        if (done) {
          if (options.strict && (i > 0 || iterators.slice(1).some((other) => !other.next().done))) {
            throw new ValueError(`zip() argument ${i + 1} is shorter than argument ${i === 0 ? 2 : 1}`);
          }
          return;
        }
        next.push(value);
      }
      yield Tuple.of(...next);
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

export function* map(fn: any, ...iterables: any[]): Generator<any> {
  if (iterables.length === 1) for (const item of iter(iterables[0])) yield call(fn, item);
  else for (const items of zip(...iterables)) yield call(fn, ...items);
}

export function* filter(fn: any, items: any): Generator<any> {
  for (const item of iter(items)) if (truth(fn === null ? item : fn(item))) yield item;
}

/** A generator expression with one loop. */
export function* generate(
  items: any,
  element: (item: any) => any,
  condition?: (item: any) => any,
): Generator<any> {
  for (const item of iter(items)) if (condition === undefined || condition(item)) yield element(item);
}

export function any(items: any): boolean {
  for (const item of iter(items)) if (truth(item)) return true;
  return false;
}

export function all(items: any): boolean {
  for (const item of iter(items)) if (!truth(item)) return false;
  return true;
}

/** An iterator, as `next` takes it. */
export function iterator(items: any): any {
  return typeof items?.next === 'function' ? items : iter(items)[Symbol.iterator]();
}

export function next(items: any, ...fallback: any[]): any {
  if (typeof items?.__next__ === 'function') {
    try {
      return items.__next__();
    } catch (error) {
      if (fallback.length > 0 && (error as Error).name === 'StopIteration') return fallback[0];
      throw error;
    }
  }
  const source = typeof items?.next === 'function' ? items : items[Symbol.iterator]();
  const { done, value } = source.next();
  if (!done) return value;
  if (fallback.length > 0) return fallback[0];
  throw new StopIteration();
}

/** `generator.send(value)`. */
export function send(generator: any, value: any): any {
  if (typeof generator.send === 'function') return generator.send(value);
  const { done, value: next } = generator.next(value);
  if (done) throw new StopIteration();
  return next;
}

/** `generator.close()`, or the method of that name. */
export function close(target: any): any {
  if (typeof target?.close === 'function') return target.close();
  target.return?.();
  return null;
}

export function reversed(items: any): any {
  if (typeof items?.__reversed__ === 'function') return items.__reversed__();
  return [...iter(items)].reverse()[Symbol.iterator]();
}

export function sorted(items: any, options: { key?: (item: any) => any; reverse?: boolean } = {}): any[] {
  const out = Array.from(iter(items));
  containers.sort(out, options);
  return out;
}

export function sum(items: any, start: any = 0): any {
  let total = isPlainObject(start) ? (start as any).start : start;
  for (const item of iter(items)) total = addition(total, item);
  return total;
}

import { add as addition } from './operators';

function extreme(name: string, better: (a: any, b: any) => boolean): (...args: any[]) => any {
  return (...args) => {
    const options = args.length > 1 && isPlainObject(args.at(-1)) ? args.pop() : {};
    const items = args.length === 1 ? [...iter(args[0])] : args;
    if (items.length === 0) {
      if ('default' in options) return options.default;
      throw new ValueError(`${name}() iterable argument is empty`);
    }
    const key = options.key ?? ((item: any) => item);
    let best = items[0];
    let bestKey = key(best);
    for (const item of items.slice(1)) {
      const itemKey = key(item);
      if (better(itemKey, bestKey)) {
        best = item;
        bestKey = itemKey;
      }
    }
    return best;
  };
}

export const max = extreme('max', (a, b) => lessThan(b, a));
export const min = extreme('min', lessThan);

// ---- output

export function print(...args: any[]): null {
  const last = args.at(-1);
  const isKeywords =
    isPlainObject(last) &&
    Object.keys(last).length > 0 &&
    Object.keys(last).every((key) => ['sep', 'end', 'file', 'flush'].includes(key));
  const { sep = ' ', end = '\n' } = isKeywords ? args.pop() : ({} as any);
  process.stdout.write(args.map((value) => text(value)).join(sep ?? ' ') + (end ?? '\n'));
  return null;
}

export function input(): never {
  throw new TypeError('input() is not available: read from process.stdin');
}

export { bases, hashable, name_of };
