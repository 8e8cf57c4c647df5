// Lists, tuples, dicts and sets: subscripts, unpacking, and the methods of Python's containers.
//
// A list is an Array, a tuple a Tuple, a set a Set. A dict is a plain object, or a Map where keys are no strings;
// a module's items are its attributes. A key that is no string never becomes one silently: it is an error.
import { isArray } from '../handle';
import { Float } from '../numbers';
import { isSlice, type Slice } from '../slice';
import { isDict } from '../tree';
import { IndexError, KeyError, TypeError, ValueError } from './exceptions';
import { isPlainObject } from './keywords';
import { markText, repr, useEntries } from './text';
import { isTuple, Tuple } from './tuple';

// ---- keys

/** Raised for a key that is not there. */
export function missingKey(key: any): Error {
  return typeof key === 'string' ? new KeyError(key) : markText(new KeyError(repr(key)));
}

const interned = new Map<string, Tuple>();

/** A value as the key of a Map or the item of a Set: equal tuples become one. */
export function hashable(key: any): any {
  if (key instanceof Float) return key.value;
  if (!Array.isArray(key)) {
    if (typeof key === 'boolean') return key;
    return key === undefined ? null : key;
  }
  const text = repr(key);
  let found = interned.get(text);
  if (found === undefined) {
    found = Object.freeze(Tuple.of(...key.map(hashable))) as Tuple;
    interned.set(text, found);
  }
  return found;
}

/** A set of these items. */
export function makeSet(items: Iterable<any> = []): Set<any> {
  const out = new Set<any>();
  for (const item of items) out.add(hashable(item));
  return out;
}

/** Whether a value is a dict of any kind. */
export function isMapLike(value: any): boolean {
  return value instanceof Map || isDict(value);
}

function isModule(value: any): boolean {
  return typeof value?.__contains__ === 'function' && typeof value.items === 'function';
}

/** Keys and values of any dict, or of an iterable of pairs. */
export function entriesOf(dict: any): Iterable<[any, any]> {
  if (dict instanceof Map) return dict.entries();
  if (isModule(dict)) return dict.items();
  if (isPlainObject(dict) || isDict(dict)) return Object.entries(dict);
  if (dict !== null && dict !== undefined && typeof dict[Symbol.iterator] === 'function') return dict;
  throw new TypeError(`'${typeof dict}' is not a dict`);
}

useEntries(entriesOf);

function stringKey(key: any): string {
  if (typeof key === 'string') return key;
  throw new TypeError(
    `the key ${repr(key)} is no string, and this dict was made for strings: annotate the dict (dict[int, …]) so that it becomes a Map`,
  );
}

/** `dict(items)`, a dict display with computed keys, a dict comprehension. */
export function dict(items: any = [], named?: Record<string, unknown>): any {
  const pairs = [...entriesOf(items), ...Object.entries(named ?? {})];
  const plain = !(items instanceof Map && items.size > 0) && pairs.every(([key]) => typeof key === 'string');
  return plain ? Object.fromEntries(pairs) : new Map(pairs.map(([key, value]) => [hashable(key), value]));
}

/** `**dict` in a dict display. */
export function entries_as_object(value: any): Record<string, unknown> {
  return Object.fromEntries(Array.from(entriesOf(value), ([key, item]) => [stringKey(key), item]));
}

// ---- sequences

/** The bounds that a slice has in a sequence of some length. */
function bounds(slice: Slice, length: number): [start: number, stop: number, step: number] {
  const step = slice.step ?? 1;
  if (step === 0) throw new ValueError('slice step cannot be zero');
  const lowest = step < 0 ? -1 : 0;
  const highest = step < 0 ? length - 1 : length;
  const clip = (bound: number | null, fallback: number): number => {
    if (bound === null) return fallback;
    return bound < 0 ? Math.max(bound + length, lowest) : Math.min(bound, highest);
  };
  return [
    clip(slice.start, step < 0 ? highest : lowest),
    clip(slice.stop, step < 0 ? lowest : highest),
    step,
  ];
}

function sliced(items: any, slice: Slice): any {
  const [start, stop, step] = bounds(slice, items.length);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const picked: any[] = [];
  for (let i = start; step < 0 ? i > stop : i < stop; i += step) picked.push(items[i]);
  if (typeof items === 'string') return picked.join('');
  return isTuple(items) ? Tuple.of(...picked) : picked;
}

function position(index: any, length: number, what: string): number {
  const number =
    typeof index === 'boolean'
      ? Number(index)
      : isArray(index)
        ? Number((index as any).__index__())
        : Number(index);
  if (typeof index === 'string' || !Number.isInteger(number)) {
    throw new TypeError(
      `${what} indices must be integers or slices, not ${typeof index === 'string' ? 'str' : typeof index === 'number' ? 'float' : typeof index}`,
    );
  }
  const at = number < 0 ? number + length : number;
  if (at < 0 || at >= length) throw new IndexError(`${what} index out of range`);
  return at;
}

/** An index that a variable holds, as arguments of `get`: a tuple is several items. */
export function index_items(index: any): any[] {
  return isTuple(index) ? [...index] : [index];
}

/** `target[key]`. */
export function getitem(target: any, key: any): any {
  if (isArray(target)) return (target as any).get(...index_items(key));
  if (Array.isArray(target) || typeof target === 'string') {
    if (isSlice(key)) return sliced(target, key);
    const what = typeof target === 'string' ? 'string' : isTuple(target) ? 'tuple' : 'list';
    return target[position(key, target.length, what)];
  }
  if (target instanceof Map) {
    const found = hashable(key);
    if (!target.has(found)) {
      if (typeof (target as any).__missing__ === 'function') return (target as any).__missing__(found);
      throw missingKey(key);
    }
    return target.get(found);
  }
  if (typeof target?.__getitem__ === 'function') return target.__getitem__(key);
  if (isPlainObject(target) || (typeof target === 'object' && isDict(target))) {
    if (typeof key !== 'string' || !Object.hasOwn(target, key)) throw missingKey(key);
    return target[key];
  }
  if (ArrayBuffer.isView(target))
    return isSlice(key)
      ? sliced(target, key)
      : (target as any)[position(key, (target as any).length, 'bytes')];
  if (typeof target === 'function' && typeof target.__class_getitem__ === 'function')
    return target.__class_getitem__(key);
  throw new TypeError(
    `'${target === null || target === undefined ? 'NoneType' : typeof target}' object is not subscriptable`,
  );
}

/** `target[key] = value`. */
export function setitem(target: any, key: any, value: any): any {
  if (isArray(target)) {
    (target as any).set(index_items(key), value);
  } else if (Array.isArray(target)) {
    if (isTuple(target)) throw new TypeError("'tuple' object does not support item assignment");
    if (isSlice(key)) setSlice(target, key, value);
    else target[position(key, target.length, 'list assignment')] = value;
  } else if (target instanceof Map) {
    target.set(hashable(key), value);
  } else if (typeof target?.__setitem__ === 'function') {
    target.__setitem__(key, value);
  } else if (target !== null && typeof target === 'object' && isDict(target)) {
    define(target, stringKey(key), value);
  } else {
    throw new TypeError(
      `'${target === null || target === undefined ? 'NoneType' : typeof target}' object does not support item assignment`,
    );
  }
  return value;
}

function define(target: Record<string, any>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

function setSlice(target: any[], slice: Slice, value: Iterable<any>): void {
  const [start, stop, step] = bounds(slice, target.length);
  const items = [...value];
  if (step === 1) {
    target.splice(start, Math.max(0, stop - start), ...items);
    return;
  }
  const places: number[] = [];
  for (let i = start; step < 0 ? i > stop : i < stop; i += step) places.push(i);
  if (places.length !== items.length) {
    throw new ValueError(
      `attempt to assign sequence of size ${items.length} to extended slice of size ${places.length}`,
    );
  }
  places.forEach((place, i) => {
    target[place] = items[i];
  });
}

/** `del target[key]`. */
export function delitem(target: any, key: any): void {
  if (Array.isArray(target)) {
    if (isSlice(key)) {
      const [start, stop, step] = bounds(key, target.length);
      const doomed = new Set<number>();
      for (let i = start; step < 0 ? i > stop : i < stop; i += step) doomed.add(i);
      const left = target.filter((_, i) => !doomed.has(i));
      target.splice(0, target.length, ...left);
    } else {
      target.splice(position(key, target.length, 'list assignment'), 1);
    }
  } else if (target instanceof Map) {
    if (!target.delete(hashable(key))) throw missingKey(key);
  } else if (typeof target?.__delitem__ === 'function') {
    target.__delitem__(key);
  } else {
    if (typeof key !== 'string' || !Object.hasOwn(target, key)) throw missingKey(key);
    delete target[key];
  }
}

/** `a, b = values`, with `after` given `a, *b, c = values`: exactly so many items. */
export function unpack(values: any, before: number, after?: number): any[] {
  const items = Array.isArray(values) ? values : [...iter(values)];
  if (after === undefined) {
    if (items.length === before) return items;
    if (items.length > before) throw new ValueError(`too many values to unpack (expected ${before})`);
    throw new ValueError(`not enough values to unpack (expected ${before}, got ${items.length})`);
  }
  if (items.length < before + after) {
    throw new ValueError(
      `not enough values to unpack (expected at least ${before + after}, got ${items.length})`,
    );
  }
  return [
    ...items.slice(0, before),
    [...items.slice(before, items.length - after)],
    ...items.slice(items.length - after),
  ];
}

/** What iteration in Python runs over: the keys of a dict. */
export function iter(values: any): Iterable<any> {
  if (typeof values === 'string' || Array.isArray(values)) return values;
  if (values instanceof Map) return values.keys();
  if (isPlainObject(values)) return Object.keys(values);
  if (values !== null && values !== undefined && typeof values[Symbol.iterator] === 'function') return values;
  if (typeof values?.__iter__ === 'function') return values.__iter__();
  if (typeof values?.next === 'function') return { [Symbol.iterator]: () => values };
  throw new TypeError(
    `'${values === null || values === undefined ? 'NoneType' : typeof values}' object is not iterable`,
  );
}

/** `a + b` of sequences; undefined where they are none. */
export function concatenate(a: any, b: any): any {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  // A shape is a plain array that stands for a tuple.
  return isTuple(a) || isTuple(b) ? Tuple.of(...a, ...b) : [...a, ...b];
}

// ---- methods. Objects that have one of their own are asked first.

function own(target: any, name: string): ((...args: any[]) => any) | undefined {
  if (target === null || target === undefined || typeof target === 'string' || typeof target === 'number')
    return undefined;
  if (Array.isArray(target) || isPlainObject(target) || target instanceof Set) return undefined;
  const method = target[name];
  if (target instanceof Map && (method === undefined || method === (Map.prototype as any)[name]))
    return undefined;
  if (typeof method !== 'function')
    throw new TypeError(`'${target.constructor?.name ?? typeof target}' object has no attribute '${name}'`);
  return method.bind(target);
}

export function append(target: any, item: any): any {
  const method = own(target, 'append');
  if (method) return method(item);
  target.push(item);
  return null;
}

export function extend(target: any, items: any): any {
  const method = own(target, 'extend');
  if (method) return method(items);
  for (const item of [...iter(items)]) target.push(item);
  return null;
}

export function insert(target: any, index: number, item: any): any {
  const method = own(target, 'insert');
  if (method) return method(index, item);
  target.splice(index, 0, item);
  return null;
}

export function pop(target: any, ...args: any[]): any {
  const method = own(target, 'pop');
  if (method) return method(...args);
  if (Array.isArray(target)) {
    if (target.length === 0) throw new IndexError('pop from empty list');
    return args.length === 0 ? target.pop() : target.splice(position(args[0], target.length, 'pop'), 1)[0];
  }
  if (target instanceof Set) {
    for (const item of target) {
      target.delete(item);
      return item;
    }
    throw new KeyError('pop from an empty set');
  }
  const key = target instanceof Map ? hashable(args[0]) : args[0];
  const has = target instanceof Map ? target.has(key) : Object.hasOwn(target, key);
  if (!has) {
    if (args.length > 1) return args[1];
    throw missingKey(key);
  }
  const value = target instanceof Map ? target.get(key) : target[key];
  if (target instanceof Map) target.delete(key);
  else delete target[key];
  return value;
}

let equals: (a: any, b: any) => any = (a, b) => a === b;
let less: (a: any, b: any) => boolean = (a, b) => a < b;

/** Comparisons are defined in terms of containers, and some methods in terms of comparisons. */
export function useComparisons(eq: typeof equals, lt: typeof less): void {
  equals = eq;
  less = lt;
}

function isEqual(a: any, b: any): boolean {
  return a === b || Boolean(equals(a, b));
}

export function remove(target: any, item: any): any {
  const method = own(target, 'remove');
  if (method) return method(item);
  if (target instanceof Set) {
    if (!target.delete(hashable(item))) throw missingKey(item);
    return null;
  }
  const at = target.findIndex((one: any) => isEqual(one, item));
  if (at < 0) throw new ValueError('list.remove(x): x not in list');
  target.splice(at, 1);
  return null;
}

export function index_of(target: any, item: any, start = 0): any {
  if (typeof target === 'string') {
    const at = target.indexOf(item, start);
    if (at < 0) throw new ValueError('substring not found');
    return at;
  }
  const method = own(target, 'index');
  if (method) return method(item);
  for (let i = start; i < target.length; i++) if (isEqual(target[i], item)) return i;
  throw new ValueError(`${repr(item)} is not in ${isTuple(target) ? 'tuple' : 'list'}`);
}

export function count(target: any, item: any): any {
  if (typeof target === 'string') return item === '' ? target.length + 1 : target.split(item).length - 1;
  const method = own(target, 'count');
  return method ? method(item) : target.filter((one: any) => isEqual(one, item)).length;
}

/** Sorts in place; a key is computed once for each item. Stable, as in Python. */
export function sort(target: any, options: { key?: (item: any) => any; reverse?: boolean } = {}): any {
  const method = own(target, 'sort');
  if (method) return method(options);
  const keyed = target.map((item: any) => ({ item, key: options.key ? options.key(item) : item }));
  const sign = options.reverse ? -1 : 1;
  keyed.sort((a: any, b: any) => (less(a.key, b.key) ? -sign : less(b.key, a.key) ? sign : 0));
  keyed.forEach(({ item }: any, i: number) => {
    target[i] = item;
  });
  return null;
}

export function reverse(target: any): any {
  const method = own(target, 'reverse');
  if (method) return method();
  target.reverse();
  return null;
}

export function copied(target: any): any {
  if (Array.isArray(target)) return target.slice();
  if (target instanceof Set) return new Set(target);
  if (isPlainObject(target)) return { ...target };
  if (target instanceof Map && typeof (target as any).copy !== 'function') return new Map(target);
  return target.copy();
}

export function clear(target: any): any {
  const method = own(target, 'clear');
  if (method) return method();
  if (Array.isArray(target)) target.length = 0;
  else if (target instanceof Set || target instanceof Map) target.clear();
  else for (const key of Object.keys(target)) delete target[key];
  return null;
}

/** Items of a dict, as tuples. */
export function items(target: any): any {
  const method = own(target, 'items');
  if (method) return method();
  return Array.from(entriesOf(target), ([key, value]) => Tuple.of(key, value));
}

/** Keys that behave as a set in `a.keys() - b.keys()`. */
class Keys extends Array<any> {
  get isKeys(): true {
    return true;
  }
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export function keys(target: any): any {
  const found = isPlainObject(target)
    ? Object.keys(target)
    : target instanceof Map
      ? [...target.keys()]
      : own(target, 'keys')!();
  return Array.isArray(found) && !isTuple(found) ? Object.setPrototypeOf([...found], Keys.prototype) : found;
}

export function values(target: any): any {
  const method = own(target, 'values');
  if (method) return method();
  return target instanceof Map ? [...target.values()] : Object.values(target);
}

export function get(target: any, key: any, ...others: any[]): any {
  const fallback = others.length > 0 ? others[0] : null;
  if (target instanceof Map) {
    const found = hashable(key);
    return target.has(found) ? target.get(found) : fallback;
  }
  const method = own(target, 'get');
  if (method) return isModule(target) ? method(key, fallback) : method(key, ...others);
  return typeof key === 'string' && Object.hasOwn(target, key) ? target[key] : fallback;
}

export function setdefault(target: any, key: any, value: any = null): any {
  const method = own(target, 'setdefault');
  if (method) return method(key, value);
  if (target instanceof Map) {
    const found = hashable(key);
    if (!target.has(found)) target.set(found, value);
    return target.get(found);
  }
  const name = stringKey(key);
  if (!Object.hasOwn(target, name)) define(target, name, value);
  return target[name];
}

export function update(target: any, ...args: any[]): any {
  const method = own(target, 'update');
  if (method) return method(...args);
  if (target instanceof Set) {
    for (const more of args) for (const item of iter(more)) target.add(hashable(item));
    return null;
  }
  for (const more of args) {
    for (const [key, value] of entriesOf(more)) {
      if (target instanceof Map) target.set(hashable(key), value);
      else define(target, stringKey(key), value);
    }
  }
  return null;
}

export function popitem(target: any): any {
  const last = [...entriesOf(target)].at(-1);
  if (last === undefined) throw new KeyError('popitem(): dictionary is empty');
  pop(target, last[0]);
  return Tuple.of(...last);
}

export function discard(target: any, item: any): any {
  const method = own(target, 'discard');
  if (method) return method(item);
  target.delete(hashable(item));
  return null;
}

/** `target.add(...)`: of a set; anything else has the method itself. */
export function add_item(target: any, ...args: any[]): any {
  if (!(target instanceof Set)) return target.add(...args);
  target.add(hashable(args[0]));
  return null;
}

function setMethod(
  name: string,
  choose: (a: Set<any>, b: Set<any>) => Iterable<any>,
): (target: any, ...others: any[]) => any {
  return (target, ...others) => {
    if (!(target instanceof Set)) return target[name](...others);
    return others.reduce((all, other) => makeSet(choose(all, makeSet(iter(other)))), target);
  };
}

export const union = setMethod('union', (a, b) => [...a, ...b]);
export const intersection = setMethod('intersection', (a, b) => [...a].filter((item) => b.has(item)));
export const difference = setMethod('difference', (a, b) => [...a].filter((item) => !b.has(item)));
export const symmetric_difference = setMethod('symmetric_difference', (a, b) => [
  ...[...a].filter((item) => !b.has(item)),
  ...[...b].filter((item) => !a.has(item)),
]);

export function difference_update(target: any, ...others: any[]): any {
  for (const other of others) for (const item of [...iter(other)]) target.delete(hashable(item));
  return null;
}

export function intersection_update(target: any, ...others: any[]): any {
  for (const item of [...target])
    if (!others.every((other) => makeSet(iter(other)).has(item))) target.delete(item);
  return null;
}

export function issubset(target: any, other: any): boolean {
  const all = makeSet(iter(other));
  return [...target].every((item) => all.has(item));
}

export function issuperset(target: any, other: any): boolean {
  return issubset(makeSet(iter(other)), target);
}

export function isdisjoint(target: any, other: any): boolean {
  const all = makeSet(iter(other));
  return ![...target].some((item) => all.has(item));
}

/** `len(value)`. */
export function len(value: any): number {
  if (typeof value === 'string')
    return /[\ud800-\udbff]/.test(value) ? Array.from(value).length : value.length;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return (value as any).length;
  if (value instanceof Map || value instanceof Set) return value.size;
  if (typeof value?.__len__ === 'function') return value.__len__();
  if (isPlainObject(value)) return Object.keys(value).length;
  throw new TypeError(
    `object of type '${value === null || value === undefined ? 'NoneType' : (value.constructor?.name ?? typeof value)}' has no len()`,
  );
}
