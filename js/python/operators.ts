// Python's operators for operands whose types only run time knows: numbers first, arrays next, then everything else.
//
// Ints stay exact: where a result leaves ±2^53 it is computed again as a BigInt.
import * as mx from '../core';
import { isDtype } from '../dtype';
import { isArray } from '../handle';
import { Complex, Float } from '../numbers';
import { isDict } from '../tree';
import { concatenate, entriesOf, hashable, isMapLike, makeSet, useComparisons } from './containers';
import { TypeError, ZeroDivisionError } from './exceptions';
import { isTuple, Tuple } from './tuple';

type Operation = (a: any, b: any) => any;

/** The Python name of a value's type, for error messages. */
export function typeName(value: any): string {
  if (value === null || value === undefined) return 'NoneType';
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'bigint':
      return 'int';
  }
  if (isArray(value)) return 'array';
  if (value instanceof Float) return 'float';
  if (value instanceof Complex) return 'complex';
  if (isTuple(value)) return 'tuple';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Set) return 'set';
  if (typeof value === 'function' && value instanceof Function) return 'function';
  const name = value.constructor?.name ?? 'object';
  return name === 'Object' || name === 'Map' ? 'dict' : name;
}

/** A number or BigInt that a scalar stands for; undefined for anything else. */
function numeric(value: any): number | bigint | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
  }
  return value instanceof Float ? value.value : undefined;
}

/** A BigInt as a number, where that is exact. */
export function normal(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

interface Arithmetic {
  symbol: string;
  /** Name of the methods without underscores: `add` for `__add__` and `__radd__`. */
  method: string;
  number: (a: number, b: number) => number;
  /** For ints beyond ±2^53; undefined where the result is a float anyway. */
  big?: (a: bigint, b: bigint) => bigint;
  array: Operation;
  other?: Operation;
}

function operator({ symbol, method, number, big, array, other }: Arithmetic): Operation {
  const name = `__${method}__`;
  const reflected = `__r${method}__`;
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      const result = number(a, b);
      if (
        big === undefined ||
        Math.abs(result) <= Number.MAX_SAFE_INTEGER ||
        !Number.isInteger(a) ||
        !Number.isInteger(b)
      )
        return result;
      return Math.abs(result) < 2 ** 1023 ? normal(big(BigInt(a), BigInt(b))) : result;
    }
    if (isArray(a) || isArray(b)) {
      if (isArray(a) || typeof a?.[name] !== 'function') return array(a, b);
    }
    const x = numeric(a);
    const y = numeric(b);
    if (x !== undefined && y !== undefined)
      return mixed(x, y, number, big, a instanceof Float || b instanceof Float);
    if (typeof a?.[name] === 'function') {
      const result = a[name](b);
      if (result !== NotImplemented) return result;
    }
    if (typeof b?.[reflected] === 'function') {
      const result = b[reflected](a);
      if (result !== NotImplemented) return result;
    }
    const result = other?.(a, b);
    if (result !== undefined) return result;
    throw new TypeError(`unsupported operand type(s) for ${symbol}: '${typeName(a)}' and '${typeName(b)}'`);
  };
}

function mixed(
  x: number | bigint,
  y: number | bigint,
  number: (a: number, b: number) => number,
  big: ((a: bigint, b: bigint) => bigint) | undefined,
  isFloat: boolean,
): any {
  if (typeof x === 'bigint' || typeof y === 'bigint') {
    const ints =
      (typeof x === 'bigint' || Number.isInteger(x)) && (typeof y === 'bigint' || Number.isInteger(y));
    if (ints && big !== undefined && !isFloat) return normal(big(BigInt(x), BigInt(y)));
  }
  const result = number(Number(x), Number(y));
  return isFloat && Number.isInteger(result) ? new Float(result) : result;
}

/** What a method returns that leaves an operator to the other operand. */
export const NotImplemented = Symbol('NotImplemented');

function divisor<T extends number | bigint>(value: T, what: string): T {
  if (value === 0 || value === 0n) throw new ZeroDivisionError(what);
  return value;
}

function repeat(a: any, b: any): any {
  const [items, count] =
    typeof a === 'number' || typeof a === 'bigint' || typeof a === 'boolean' ? [b, a] : [a, b];
  const times = typeof count === 'boolean' ? Number(count) : count;
  if (typeof times !== 'number' || !Number.isInteger(times)) return undefined;
  if (typeof items === 'string') return items.repeat(Math.max(0, times));
  if (!Array.isArray(items)) return undefined;
  const out: any[] = isTuple(items) ? Tuple.of() : [];
  for (let i = 0; i < times; i++) for (const item of items) out.push(item);
  return out;
}

function bigFloor(a: bigint, b: bigint): bigint {
  const quotient = a / divisor(b, 'integer division or modulo by zero');
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export const add = operator({
  symbol: '+',
  method: 'add',
  number: (a, b) => a + b,
  big: (a, b) => a + b,
  array: mx.add,
  other: concatenate,
});
export const sub = operator({
  symbol: '-',
  method: 'sub',
  number: (a, b) => a - b,
  big: (a, b) => a - b,
  array: mx.subtract,
  other: (a, b) => setOperation(a, b, (x, y) => x.filter((item) => !y.has(item))),
});
export const mul = operator({
  symbol: '*',
  method: 'mul',
  number: (a, b) => a * b,
  big: (a, b) => a * b,
  array: mx.multiply,
  other: repeat,
});
export const truediv = operator({
  symbol: '/',
  method: 'truediv',
  number: (a, b) => a / divisor(b, 'division by zero'),
  array: mx.divide,
});
export const floordiv = operator({
  symbol: '//',
  method: 'floordiv',
  number: (a, b) => Math.floor(a / divisor(b, 'integer division or modulo by zero')),
  big: bigFloor,
  array: mx.floor_divide,
});
export const mod = operator({
  symbol: '%',
  method: 'mod',
  number: (a, b) => {
    const rest = a % divisor(b, 'integer modulo by zero');
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  },
  big: (a, b) => a - b * bigFloor(a, b),
  array: mx.remainder,
});
export const pow = operator({
  symbol: '**',
  method: 'pow',
  number: power,
  big: (a, b) => (b >= 0n ? a ** b : BigInt(0)),
  array: mx.power,
});
export const matmul = operator({
  symbol: '@',
  method: 'matmul',
  number: unsupportedNumbers('@'),
  array: mx.matmul,
});

function power(a: number, b: number): number {
  if (a === 0 && b < 0) throw new ZeroDivisionError('0.0 cannot be raised to a negative power');
  return a ** b;
}

function unsupportedNumbers(symbol: string): (a: number, b: number) => number {
  return () => {
    throw new TypeError(`unsupported operand type(s) for ${symbol}: 'int' and 'int'`);
  };
}

const small = (value: number): boolean => value === (value | 0);

function bitwise(
  symbol: string,
  method: string,
  number: (a: number, b: number) => number,
  big: (a: bigint, b: bigint) => bigint,
  array: Operation,
  other?: Operation,
): Operation {
  const general = operator({
    symbol,
    method,
    array,
    other,
    number: (a, b) => (small(a) && small(b) ? number(a, b) : Number(big(BigInt(a), BigInt(b)))),
    big,
  });
  return (a, b) =>
    typeof a === 'boolean' && typeof b === 'boolean' ? number(Number(a), Number(b)) !== 0 : general(a, b);
}

function setOperation(a: any, b: any, choose: (x: any[], y: Set<any>) => any[]): any {
  const left = asSet(a);
  const right = asSet(b);
  return left === undefined || right === undefined ? undefined : makeSet(choose([...left], right));
}

/** A set, or the keys of a dict. */
function asSet(value: any): Set<any> | undefined {
  if (value instanceof Set) return value;
  return Array.isArray(value) && (value as any).isKeys === true ? makeSet(value) : undefined;
}

function mergeDicts(a: any, b: any): any {
  if (!isMapLike(a) || !isMapLike(b)) return undefined;
  const plain = !(a instanceof Map) && !(b instanceof Map);
  const pairs = [...entriesOf(a), ...entriesOf(b)];
  return plain ? Object.fromEntries(pairs) : new Map(pairs);
}

export const and_ = bitwise(
  '&',
  'and',
  (a, b) => a & b,
  (a, b) => a & b,
  (a, b) => arrayMethod(a, b, '__and__', mx.bitwise_and),
  (a, b) => setOperation(a, b, (x, y) => x.filter((item) => y.has(item))),
);
export const or_ = bitwise(
  '|',
  'or',
  (a, b) => a | b,
  (a, b) => a | b,
  (a, b) => arrayMethod(a, b, '__or__', mx.bitwise_or),
  (a, b) => setOperation(a, b, (x, y) => [...x, ...y]) ?? mergeDicts(a, b),
);
export const xor = bitwise(
  '^',
  'xor',
  (a, b) => a ^ b,
  (a, b) => a ^ b,
  (a, b) => arrayMethod(a, b, '__xor__', mx.bitwise_xor),
  (a, b) =>
    setOperation(a, b, (x, y) => [
      ...x.filter((item) => !y.has(item)),
      ...[...y].filter((item) => !x.includes(item)),
    ]),
);
export const lshift = bitwise(
  '<<',
  'lshift',
  (a, b) => a * 2 ** b,
  (a, b) => a << b,
  mx.left_shift,
);
export const rshift = bitwise(
  '>>',
  'rshift',
  (a, b) => (b > 31 ? (a < 0 ? -1 : 0) : a >> b),
  (a, b) => a >> b,
  mx.right_shift,
);

function arrayMethod(a: any, b: any, name: string, operation: Operation): any {
  return isArray(a) ? (a as any)[name](b) : operation(a, b);
}

// ---- one operand

export function neg(a: any): any {
  if (typeof a === 'number' || typeof a === 'bigint') return a === 0 ? 0 : -a;
  if (isArray(a)) return mx.negative(a);
  if (a instanceof Float) return new Float(-a.value);
  if (typeof a === 'boolean') return a ? -1 : 0;
  if (typeof a?.__neg__ === 'function') return a.__neg__();
  throw new TypeError(`bad operand type for unary -: '${typeName(a)}'`);
}

export function pos(a: any): any {
  if (typeof a === 'boolean') return Number(a);
  return typeof a?.__pos__ === 'function' ? a.__pos__() : a;
}

export function invert(a: any): any {
  if (typeof a === 'boolean') return a ? -2 : -1;
  if (typeof a === 'number') return -a - 1;
  if (typeof a === 'bigint') return ~a;
  if (typeof a?.__invert__ === 'function') return a.__invert__();
  throw new TypeError(`bad operand type for unary ~: '${typeName(a)}'`);
}

// ---- in place

function inPlace(method: string, operation: Operation): Operation {
  const name = `__i${method}__`;
  return (a, b) => {
    if (typeof a === 'number') return operation(a, b);
    if (typeof a?.[name] === 'function') {
      const result = a[name](b);
      if (result !== NotImplemented) return result;
    }
    return changed(method, a, b) ?? operation(a, b);
  };
}

const SET_OPERATIONS: Record<string, Operation> = { or: or_, and: and_, sub, xor };

/** Lists, sets and dicts are changed, and are the result. */
function changed(method: string, a: any, b: any): any {
  if (Array.isArray(a) && !isTuple(a)) {
    if (method === 'add') {
      for (const item of [...b]) a.push(item);
      return a;
    }
    if (method === 'mul') {
      const items = repeat(a, b);
      a.length = 0;
      a.push(...items);
      return a;
    }
  } else if (a instanceof Set && b instanceof Set) {
    const all = SET_OPERATIONS[method]?.(a, b);
    if (all === undefined) return undefined;
    a.clear();
    for (const item of all) a.add(item);
    return a;
  } else if (method === 'or' && isMapLike(a)) {
    for (const [key, value] of entriesOf(b)) {
      if (a instanceof Map) a.set(key, value);
      else a[key as string] = value;
    }
    return a;
  }
  return undefined;
}

export const iadd = inPlace('add', add);
export const isub = inPlace('sub', sub);
export const imul = inPlace('mul', mul);
export const itruediv = inPlace('truediv', truediv);
export const ifloordiv = inPlace('floordiv', floordiv);
export const imod = inPlace('mod', mod);
export const ipow = inPlace('pow', pow);
export const imatmul = inPlace('matmul', matmul);
export const iand = inPlace('and', and_);
export const ior = inPlace('or', or_);
export const ixor = inPlace('xor', xor);
export const ilshift = inPlace('lshift', lshift);
export const irshift = inPlace('rshift', rshift);

// ---- truth

/** Python's truth of a value. */
export function bool(value?: any): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    case 'string':
      return value.length > 0;
    case 'bigint':
      return value !== 0n;
    case 'symbol':
      return true;
  }
  if (value === null) return false;
  if (isArray(value)) return value.__bool__() as boolean;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  if (value instanceof Float) return value.value !== 0;
  if (typeof value.__bool__ === 'function') return value.__bool__();
  if (typeof value.__len__ === 'function') return value.__len__() !== 0;
  if (value instanceof Complex) return value.re !== 0 || value.im !== 0;
  if (typeof value === 'object' && isDict(value)) return Object.keys(value).length > 0;
  return true;
}

/** `a or b` as a value. */
export function either(a: any, b: () => any): any {
  return bool(a) ? a : b();
}

/** `a and b` as a value. */
export function both(a: any, b: () => any): any {
  return bool(a) ? b() : a;
}

/** Values evaluated for their effect, in order. */
export function sequence(...values: any[]): any {
  return values.at(-1);
}

// ---- comparison

/** `a == b`. A tuple equals an array of the same items: MLX's shapes are plain arrays. */
export function eq(a: any, b: any): any {
  if (a === b) return isArray(a) ? mx.equal(a, b) : true;
  if (a === null || a === undefined) return b === null || b === undefined;
  if (b === null || b === undefined) return false;
  if (isArray(a)) return a.__eq__(b);
  if (isArray(b)) return b.__eq__(a);
  const x = numeric(a);
  if (x !== undefined) {
    const y = numeric(b);
    // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1.
    if (y !== undefined) return x == y;
    return typeof b?.__eq__ === 'function' ? compared(b.__eq__(a)) : false;
  }
  if (typeof a.__eq__ === 'function') return compared(a.__eq__(b));
  if (typeof a === 'string') return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => bool(eq(item, b[i])));
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((item) => b.has(item));
  if (isMapLike(a)) return isMapLike(b) && equalDicts(a, b);
  if (a instanceof Complex && b instanceof Complex) return a.re === b.re && a.im === b.im;
  if (isDtype(a)) return false;
  if (typeof b.__eq__ === 'function' && typeof b !== 'string') return compared(b.__eq__(a));
  return false;
}

function compared(result: any): any {
  return result === NotImplemented ? false : result;
}

function equalDicts(a: any, b: any): boolean {
  const left = [...entriesOf(a)];
  const right = new Map(entriesOf(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && bool(eq(value, right.get(key))))
  );
}

export function ne(a: any, b: any): any {
  if (isArray(a)) return b === null || b === undefined ? true : a.__ne__(b);
  if (isArray(b)) return a === null || a === undefined ? true : b.__ne__(a);
  if (typeof a?.__ne__ === 'function') return a.__ne__(b);
  return !bool(eq(a, b));
}

interface Ordering {
  symbol: string;
  method: string;
  reflected: string;
  number: (a: any, b: any) => boolean;
  array: Operation;
}

function ordering({ symbol, method, reflected, number, array }: Ordering): Operation {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return number(a, b);
    if (isArray(a) || isArray(b)) return array(a, b);
    const x = numeric(a);
    const y = numeric(b);
    if (x !== undefined && y !== undefined) return number(x, y);
    if (typeof a === 'string' && typeof b === 'string') return number(a, b);
    if (typeof a?.[method] === 'function') return a[method](b);
    if (typeof b?.[reflected] === 'function') return b[reflected](a);
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.min(a.length, b.length); i++) {
        if (!bool(eq(a[i], b[i]))) return lessThan(a[i], b[i]) ? number(0, 1) : number(1, 0);
      }
      return number(a.length, b.length);
    }
    const left = asSet(a);
    const right = asSet(b);
    if (left !== undefined && right !== undefined) return compareSets(left, right, symbol);
    throw new TypeError(
      `'${symbol}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  };
}

function compareSets(a: Set<any>, b: Set<any>, symbol: string): boolean {
  if (symbol.startsWith('>')) return compareSets(b, a, symbol.replace('>', '<'));
  return [...a].every((item) => b.has(item)) && (symbol === '<=' || a.size < b.size);
}

export const lt = ordering({
  symbol: '<',
  method: '__lt__',
  reflected: '__gt__',
  number: (a, b) => a < b,
  array: mx.less,
});
export const le = ordering({
  symbol: '<=',
  method: '__le__',
  reflected: '__ge__',
  number: (a, b) => a <= b,
  array: mx.less_equal,
});
export const gt = ordering({
  symbol: '>',
  method: '__gt__',
  reflected: '__lt__',
  number: (a, b) => a > b,
  array: mx.greater,
});
export const ge = ordering({
  symbol: '>=',
  method: '__ge__',
  reflected: '__le__',
  number: (a, b) => a >= b,
  array: mx.greater_equal,
});

/** `a < b` as a condition, for sorting. */
export function lessThan(a: any, b: any): boolean {
  return bool(lt(a, b));
}

/** `item in container`. */
export function contains(container: any, item: any): boolean {
  if (typeof container === 'string') {
    if (typeof item !== 'string')
      throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
    return container.includes(item);
  }
  if (typeof container?.__contains__ === 'function') return bool(container.__contains__(item));
  if (Array.isArray(container)) return container.some((one) => one === item || bool(eq(one, item)));
  if (container instanceof Set || container instanceof Map) return container.has(hashable(item));
  if (isMapLike(container)) return typeof item === 'string' && Object.hasOwn(container, item);
  if (container !== null && container !== undefined && typeof container[Symbol.iterator] === 'function') {
    for (const one of container) if (one === item || bool(eq(one, item))) return true;
    return false;
  }
  throw new TypeError(`argument of type '${typeName(container)}' is not iterable`);
}

useComparisons((a, b) => bool(eq(a, b)), lessThan);
