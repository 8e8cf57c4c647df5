// Python's `functools`, `itertools`, `operator` and `collections`, as far as programs with MLX use them.
import * as builtins from './builtins';
import { entriesOf, getitem, hashable, iter } from './containers';
import { IndexError, TypeError } from './exceptions';
import { isPlainObject } from './keywords';
import { call } from './object';
import * as operators from './operators';
import { nameType, repr } from './text';
import { Tuple } from './tuple';

type AnyFunction = (...args: any[]) => any;

/** `partial(fn, *args, **keywords)`: keywords are a last options object, here as in the call later. */
function partial(fn: AnyFunction, ...given: any[]): AnyFunction {
  const options =
    isPlainObject(given.at(-1)) && Object.keys(given.at(-1)).length > 0 ? given.pop() : undefined;
  const bound = (...args: any[]) => {
    if (options === undefined) return call(fn, ...given, ...args);
    const more = isPlainObject(args.at(-1)) && Object.keys(args.at(-1)).length > 0 ? args.pop() : {};
    return call(fn, ...given, ...args, { ...options, ...more });
  };
  return Object.assign(bound, { func: fn, args: given, keywords: options ?? {} });
}

/** `@wraps(fn)`: the wrapper takes the name of what it wraps. */
function wraps(fn: any): (wrapper: AnyFunction) => AnyFunction {
  return (wrapper) => {
    const name = typeof fn?.name === 'string' ? fn.name : wrapper.name;
    Object.defineProperty(wrapper, 'name', { value: name, configurable: true });
    Object.defineProperty(wrapper, '__wrapped__', { value: fn, configurable: true, writable: true });
    return wrapper;
  };
}

function reduce(fn: AnyFunction, items: any, ...initial: any[]): any {
  const iterator = iter(items)[Symbol.iterator]();
  let total = initial[0];
  if (initial.length === 0) {
    const first = iterator.next();
    if (first.done) throw new TypeError('reduce() of empty iterable with no initial value');
    total = first.value;
  }
  for (let next = iterator.next(); !next.done; next = iterator.next()) total = fn(total, next.value);
  return total;
}

function memoized(fn: AnyFunction, maxsize: number | null): AnyFunction {
  const results = new Map<any, any>();
  const ids = new Map<any, any>();
  const cached = (...args: any[]) => {
    const key = args.length === 1 && !isPlainObject(args[0]) ? hashable(args[0]) : keyOf(args, ids);
    if (results.has(key)) {
      const value = results.get(key);
      results.delete(key);
      results.set(key, value);
      return value;
    }
    const value = fn(...args);
    results.set(key, value);
    if (maxsize !== null && results.size > maxsize) results.delete(results.keys().next().value);
    return value;
  };
  const wrapper = wraps(fn)(cached);
  return Object.assign(wrapper, { cache_clear: () => results.clear() });
}

/** A text for several arguments; objects are numbered. */
function keyOf(args: any[], ids: Map<any, any>): string {
  return args
    .map((arg) => {
      if (isPlainObject(arg))
        return `{${Object.entries(arg)
          .map(([key, value]) => `${key}=${keyOf([value], ids)}`)
          .join()}}`;
      if (typeof arg !== 'object' && typeof arg !== 'function') return `${typeof arg}:${String(arg)}`;
      if (Array.isArray(arg)) return repr(arg);
      if (!ids.has(arg)) ids.set(arg, ids.size);
      return `#${ids.get(arg)}`;
    })
    .join('\0');
}

/** `@lru_cache` and `@lru_cache(maxsize=…)`. */
function lru_cache(first?: any): any {
  if (typeof first === 'function') return memoized(first, 128);
  const maxsize = isPlainObject(first) ? first.maxsize : first;
  return (fn: AnyFunction) => memoized(fn, maxsize === undefined ? 128 : maxsize);
}

export const functools = {
  partial,
  wraps,
  reduce,
  lru_cache,
  cache: (fn: AnyFunction) => memoized(fn, null),
  cmp_to_key: (compare: AnyFunction) => (item: any) => ({
    item,
    __lt__: (other: any) => compare(item, other.item) < 0,
    __eq__: (other: any) => compare(item, other.item) === 0,
  }),
};

// ---- itertools

function* chain(...iterables: any[]): Generator<any> {
  for (const items of iterables) yield* iter(items);
}

chain.from_iterable = function* (iterables: any): Generator<any> {
  for (const items of iter(iterables)) yield* iter(items);
};

export const itertools = {
  chain,
  *accumulate(items: any, fn: any = operators.add, options: any = {}): Generator<any> {
    const combine = typeof fn === 'function' ? fn : operators.add;
    const start = isPlainObject(fn) ? (fn as any).initial : options.initial;
    let total = start;
    let first = start === undefined || start === null;
    if (!first) yield total;
    for (const item of iter(items)) {
      total = first ? item : combine(total, item);
      first = false;
      yield total;
    }
  },
  *product(...args: any[]): Generator<Tuple> {
    const last = args.at(-1);
    const times = isPlainObject(last) && 'repeat' in last ? args.pop().repeat : 1;
    const pools: any[][] = [];
    for (let i = 0; i < times; i++) for (const items of args) pools.push([...iter(items)]);
    function* from(i: number, chosen: any[]): Generator<Tuple> {
      if (i === pools.length) yield Tuple.of(...chosen);
      else for (const item of pools[i]!) yield* from(i + 1, [...chosen, item]);
    }
    yield* from(0, []);
  },
  *zip_longest(...args: any[]): Generator<Tuple> {
    const last = args.at(-1);
    const fill = isPlainObject(last) && 'fillvalue' in last ? args.pop().fillvalue : null;
    const iterators = args.map((items) => iter(items)[Symbol.iterator]());
    for (;;) {
      const results = iterators.map((iterator) => iterator.next());
      if (results.every(({ done }) => done)) return;
      yield Tuple.of(...results.map(({ done, value }) => (done ? fill : value)));
    }
  },
  *islice(items: any, ...range: any[]): Generator<any> {
    const [start, stop, step] =
      range.length === 1 ? [0, range[0], 1] : [range[0] ?? 0, range[1], range[2] ?? 1];
    const end = stop ?? Number.POSITIVE_INFINITY;
    let i = 0;
    if (i >= end) return;
    const source = { [Symbol.iterator]: () => builtins.iterator(items) };
    for (const item of source) {
      if (i >= start && (i - start) % step === 0) yield item;
      if (++i >= end) return;
    }
  },
  *repeat(item: any, times = Number.POSITIVE_INFINITY): Generator<any> {
    for (let i = 0; i < times; i++) yield item;
  },
  *count(start = 0, step = 1): Generator<number> {
    for (let i = start; ; i += step) yield i;
  },
  *cycle(items: any): Generator<any> {
    const all = [...iter(items)];
    while (all.length > 0) yield* all;
  },
  *takewhile(test: AnyFunction, items: any): Generator<any> {
    for (const item of iter(items)) {
      if (!operators.bool(test(item))) return;
      yield item;
    }
  },
  *dropwhile(test: AnyFunction, items: any): Generator<any> {
    let dropping = true;
    for (const item of iter(items)) {
      dropping = dropping && operators.bool(test(item));
      if (!dropping) yield item;
    }
  },
  *starmap(fn: AnyFunction, items: any): Generator<any> {
    for (const args of iter(items)) yield fn(...args);
  },
  *pairwise(items: any): Generator<Tuple> {
    const all = [...iter(items)];
    for (let i = 1; i < all.length; i++) yield Tuple.of(all[i - 1], all[i]);
  },
  *groupby(items: any, key: any = (item: any) => item): Generator<Tuple> {
    const keyed = typeof key === 'function' ? key : (key.key ?? ((item: any) => item));
    let group: any[] | undefined;
    let current: any;
    for (const item of iter(items)) {
      const next = keyed(item);
      if (group !== undefined && operators.bool(operators.eq(next, current))) {
        group.push(item);
      } else {
        if (group !== undefined) yield Tuple.of(current, group);
        group = [item];
        current = next;
      }
    }
    if (group !== undefined) yield Tuple.of(current, group);
  },
  *combinations(items: any, size: number): Generator<Tuple> {
    const all = [...iter(items)];
    function* from(start: number, chosen: any[]): Generator<Tuple> {
      if (chosen.length === size) yield Tuple.of(...chosen);
      else for (let i = start; i < all.length; i++) yield* from(i + 1, [...chosen, all[i]]);
    }
    yield* from(0, []);
  },
  *permutations(items: any, size?: number): Generator<Tuple> {
    const all = [...iter(items)];
    const wanted = size ?? all.length;
    function* from(chosen: number[]): Generator<Tuple> {
      if (chosen.length === wanted) yield Tuple.of(...chosen.map((i) => all[i]));
      else for (let i = 0; i < all.length; i++) if (!chosen.includes(i)) yield* from([...chosen, i]);
    }
    yield* from([]);
  },
};

// ---- operator

export const operator = {
  add: operators.add,
  sub: operators.sub,
  mul: operators.mul,
  truediv: operators.truediv,
  floordiv: operators.floordiv,
  mod: operators.mod,
  pow: operators.pow,
  matmul: operators.matmul,
  neg: operators.neg,
  and_: operators.and_,
  or_: operators.or_,
  xor: operators.xor,
  eq: operators.eq,
  ne: operators.ne,
  lt: operators.lt,
  le: operators.le,
  gt: operators.gt,
  ge: operators.ge,
  not_: (a: any) => !operators.bool(a),
  getitem,
  itemgetter:
    (...keys: any[]) =>
    (target: any) =>
      keys.length === 1 ? getitem(target, keys[0]) : Tuple.of(...keys.map((key) => getitem(target, key))),
  attrgetter: (name: string) => (target: any) => name.split('.').reduce((value, part) => value[part], target),
};

// ---- collections

class defaultdict extends Map<any, any> {
  default_factory: any;

  constructor(factory: any = null, items: any = []) {
    super();
    this.default_factory = factory;
    for (const [key, value] of entriesOf(items)) this.set(hashable(key), value);
  }
  __missing__(key: any): any {
    if (this.default_factory === null) throw new TypeError(`missing key ${repr(key)}`);
    const value = call(this.default_factory);
    this.set(key, value);
    return value;
  }
}

class OrderedDict extends Map<any, any> {
  constructor(items: any = []) {
    super(Array.from(entriesOf(items), ([key, value]): [any, any] => [hashable(key), value]));
  }
  move_to_end(key: any): void {
    const value = this.get(key);
    this.delete(key);
    this.set(key, value);
  }
}

class Counter extends Map<any, number> {
  constructor(items: any = []) {
    super();
    for (const item of iter(items)) this.set(hashable(item), (this.get(hashable(item)) ?? 0) + 1);
  }
  __missing__(): number {
    return 0;
  }
  most_common(count?: number): Tuple[] {
    return [...this]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map((pair) => Tuple.of<any>(...pair));
  }
}

class deque extends Array<any> {
  maxlen: number | null = null;

  constructor(items: any = [], maxlen: any = null) {
    super();
    Object.defineProperty(this, 'maxlen', {
      value: isPlainObject(maxlen) ? maxlen.maxlen : maxlen,
      enumerable: false,
    });
    for (const item of iter(items)) this.push(item);
  }
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  override push(...items: any[]): number {
    super.push(...items);
    while (this.maxlen !== null && this.length > this.maxlen) this.shift();
    return this.length;
  }
  popleft(): any {
    if (this.length === 0) throw new IndexError('pop from an empty deque');
    return this.shift();
  }
  appendleft(item: any): void {
    this.unshift(item);
    if (this.maxlen !== null && this.length > this.maxlen) this.length = this.maxlen;
  }
  __repr__(): string {
    return `deque(${repr([...this])})`;
  }
}

/** `namedtuple('Point', 'x y')`: tuples whose items have names. */
function namedtuple(name: string, fields: any): any {
  const names: string[] =
    typeof fields === 'string' ? fields.replaceAll(',', ' ').split(/\s+/).filter(Boolean) : [...fields];
  const made = class extends Tuple {
    static _fields = names;
    constructor(...args: any[]) {
      super();
      const options =
        isPlainObject(args.at(-1)) && names.includes(Object.keys(args.at(-1))[0] ?? '') ? args.pop() : {};
      names.forEach((field, i) => {
        this[i] = i < args.length ? args[i] : options[field];
      });
    }
    get _fields(): string[] {
      return names;
    }
    static override get [Symbol.species](): ArrayConstructor {
      return Array;
    }
    __repr__(): string {
      return `${name}(${names.map((field, i) => `${field}=${repr(this[i])}`).join(', ')})`;
    }
  };
  Object.defineProperty(made, 'name', { value: name });
  names.forEach((field, i) => {
    Object.defineProperty(made.prototype, field, {
      get(this: any) {
        return this[i];
      },
    });
  });
  return made;
}

for (const [type, name] of [
  [defaultdict, 'defaultdict'],
  [OrderedDict, 'OrderedDict'],
  [Counter, 'Counter'],
  [deque, 'deque'],
] as const) {
  nameType(type, name);
}

export const collections = { defaultdict, OrderedDict, Counter, deque, namedtuple };
