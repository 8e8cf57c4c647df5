// Python's classes: objects that `__init__` sets up, that can be called where they have `__call__`, and modules,
// whose attributes are the items of a dict.
//
// A callable object is a function whose prototype is the class; it costs a few nanoseconds a call, a Proxy many
// more. User code may extend these classes in plain JavaScript, with a constructor that calls super().
import { inspect } from 'node:util';
import { isArray } from '../handle';
import { DICT, isDict } from '../tree';
import { KeyError, TypeError } from './exceptions';
import { repr } from './text';
import { Tuple } from './tuple';

/** Passed to the constructor to get an object without `__init__`. */
const BARE = Symbol('bare');

/** The classes of a class with several bases, in the order in which methods are looked up. */
const ORDER = Symbol('order');

function callableObject(prototype: object): any {
  const self: any = (...args: unknown[]) => self.__call__(...args);
  Object.defineProperty(self, 'name', NAME);
  Object.defineProperty(self, 'length', LENGTH);
  return Object.setPrototypeOf(self, prototype);
}

/**
 * A function has a name and a length as constants; an object may have attributes of these names. Without one it has
 * neither: removing them from every object would make all its attributes slow.
 */
function settable(name: string): PropertyDescriptor {
  return {
    get: () => undefined,
    set(this: any, value: unknown) {
      delete this[name];
      this[name] = value;
    },
    configurable: true,
    enumerable: false,
  };
}

const NAME = settable('name');
const LENGTH = settable('length');

/** The base of every compiled class. */
class PythonObject {
  [attribute: string]: any;

  constructor(...args: any[]) {
    const { prototype } = new.target;
    const self = '__call__' in prototype || DICT in prototype ? callableObject(prototype) : this;
    if (args[0] !== BARE) self.__init__(...args);
    // biome-ignore lint/correctness/noConstructorReturn: a callable object is a function.
    return self;
  }

  __init__(..._args: any[]): void {}

  *[Symbol.iterator](): Iterator<any> {
    if (typeof this.__iter__ === 'function') {
      const iterator = this.__iter__();
      if (iterator !== this) {
        yield* iterator;
        return;
      }
    }
    if (typeof this.__next__ === 'function') {
      for (;;) {
        let value: unknown;
        try {
          value = this.__next__();
        } catch (error) {
          if ((error as Error)?.name === 'StopIteration') return;
          throw error;
        }
        yield value;
      }
    }
    if (typeof this.__getitem__ !== 'function')
      throw new TypeError(`'${this.constructor.name}' object is not iterable`);
    for (let i = 0; ; i++) {
      let value: unknown;
      try {
        value = this.__getitem__(i);
      } catch (error) {
        if ((error as Error)?.name === 'IndexError') return;
        throw error;
      }
      yield value;
    }
  }

  toString(): string {
    return typeof this.__str__ === 'function' ? this.__str__() : repr(this);
  }

  [inspect.custom](_depth: number, options: object): unknown {
    if (typeof this.__repr__ === 'function') return this.__repr__();
    return inspect({ ...this }, options).replace(/^/, `${this.constructor.name} `);
  }
}

hide(PythonObject.prototype, '__init__');

function hide(target: object, ...names: string[]): void {
  for (const name of names) {
    Object.defineProperty(target, name, {
      ...Object.getOwnPropertyDescriptor(target, name),
      enumerable: false,
    });
  }
}

/** Whether an attribute's value belongs to the items of a module: arrays, dicts and lists. */
function isItem(value: unknown): boolean {
  return isArray(value) || Array.isArray(value) || value instanceof Map || isDict(value);
}

const isEnumerable = Object.prototype.propertyIsEnumerable;

/** `object.__setattr__`: an attribute that is no item of a module, whatever it holds. */
export function object_setattr(self: any, name: string, value: unknown): null {
  if (isDict(self) && isItem(value)) {
    Object.defineProperty(self, name, { value, writable: true, configurable: true, enumerable: false });
  } else self[name] = value;
  return null;
}

/** A dict whose items are its attributes that hold arrays, dicts or lists: the base of nn.Module. */
class AttributeDict extends PythonObject {
  get [DICT](): true {
    return true;
  }

  get(key: string, fallback: unknown = null): any {
    return this.__contains__(key) ? this[key] : fallback;
  }
  keys(): string[] {
    return Object.keys(this).filter((key) => isItem(this[key]));
  }
  values(): any[] {
    return this.keys().map((key) => this[key]);
  }
  items(): [string, any][] {
    return this.keys().map((key) => Tuple.of<any>(key, this[key]) as any);
  }
  pop(key: string, ...fallback: unknown[]): any {
    if (this.__contains__(key)) {
      const value = this[key];
      delete this[key];
      return value;
    }
    if (fallback.length === 0) throw new KeyError(key);
    return fallback[0];
  }
  setdefault(key: string, value: unknown = null): any {
    if (!this.__contains__(key)) this[key] = value;
    return this[key];
  }
  clear(): void {
    for (const key of this.keys()) delete this[key];
  }
  __contains__(key: unknown): boolean {
    return typeof key === 'string' && isEnumerable.call(this, key) && isItem(this[key]);
  }
  __getitem__(key: string): any {
    if (!this.__contains__(key)) throw new KeyError(key);
    return this[key];
  }
  __setitem__(key: string, value: unknown): void {
    this[key] = value;
  }
  __delitem__(key: string): void {
    if (!this.__contains__(key)) throw new KeyError(key);
    delete this[key];
  }
  __len__(): number {
    return this.keys().length;
  }
  override *[Symbol.iterator](): Iterator<string> {
    yield* this.keys();
  }
}

/** A dict with methods of its own: the base of classes that derive from dict. */
class DictObject extends Map<any, any> {
  [attribute: string]: any;

  constructor(...args: any[]) {
    super();
    if (args[0] !== BARE) this.__init__(...args);
  }
  __init__(items: any = [], named: Record<string, unknown> = {}): void {
    const pairs = items instanceof Map ? items : Symbol.iterator in items ? items : Object.entries(items);
    for (const [key, value] of pairs) this.set(key, value);
    for (const [key, value] of Object.entries(named)) this.set(key, value);
  }
  override get(key: any, fallback: any = null): any {
    return this.has(key) ? super.get(key) : fallback;
  }
  __getitem__(key: any): any {
    if (!this.has(key)) throw new KeyError(String(key));
    return super.get(key);
  }
  __setitem__(key: any, value: any): void {
    this.set(key, value);
  }
  items(): [any, any][] {
    return Array.from(this, ([key, value]) => Tuple.of(key, value) as any);
  }
  pop(key: any, ...fallback: any[]): any {
    if (!this.has(key) && fallback.length === 0) throw new KeyError(String(key));
    const value = this.get(key, fallback[0]);
    this.delete(key);
    return value;
  }
  setdefault(key: any, value: any = null): any {
    if (!this.has(key)) this.set(key, value);
    return super.get(key);
  }
  update(items: any = []): void {
    const pairs = items instanceof Map ? items : Symbol.iterator in items ? items : Object.entries(items);
    for (const [key, value] of pairs) this.set(key, value);
  }
}

export { AttributeDict, DictObject, PythonObject as Object };

/** `cls.__new__(cls)`: an object without `__init__`. */
export function create(cls: any): any {
  return Reflect.construct(isSubclass(cls, DictObject) ? DictObject : PythonObject, [BARE], cls);
}

/** Whether a value is a class, rather than a function or a callable object. */
export function isClass(value: any): boolean {
  return (
    typeof value === 'function' &&
    Object.hasOwn(value, 'prototype') &&
    value.prototype?.constructor === value &&
    (isSubclass(value, PythonObject) || /^class\b/.test(Function.prototype.toString.call(value)))
  );
}

function isSubclass(cls: any, base: any): boolean {
  return cls === base || (typeof cls === 'function' && cls.prototype instanceof base);
}

/** Calls what may be a class or a function. */
export function call(callee: any, ...args: any[]): any {
  return isClass(callee) ? new callee(...args) : callee(...args);
}

// ---- several bases

/** The order of method lookup of a class, itself first. */
function orderOf(cls: any): any[] {
  if (Object.hasOwn(cls, ORDER)) return cls[ORDER];
  const parent = Object.getPrototypeOf(cls);
  const rest = typeof parent === 'function' && parent !== Function.prototype ? orderOf(parent) : [];
  return [cls, ...rest];
}

/** Python's rule for merging the orders of several bases. */
function merge(lists: any[][]): any[] {
  const out: any[] = [];
  for (let left = lists.filter((list) => list.length > 0); left.length > 0; ) {
    const next = left.map((list) => list[0]).find((cls) => !left.some((list) => list.indexOf(cls) > 0));
    if (next === undefined)
      throw new TypeError('Cannot create a consistent method resolution order (MRO) for bases');
    out.push(next);
    left = left.map((list) => list.filter((cls) => cls !== next)).filter((list) => list.length > 0);
  }
  return out;
}

/** A base that stands for several: it extends the last one and has the members of the others. */
export function bases(...classes: any[]): any {
  const order = merge([...classes.map((cls) => orderOf(cls)), [...classes]]);
  // What the others bring is copied, in front of or behind the class with the longest line of its own.
  const main = classes.reduce((best, cls) => (orderOf(cls).length > orderOf(best).length ? cls : best));
  const mainOrder = orderOf(main);
  const made = class extends main {};
  Object.defineProperty(made, 'name', { value: main.name });
  Object.defineProperty(made, ORDER, { value: [...order] });
  for (const cls of [...order].reverse()) {
    if (mainOrder.includes(cls)) continue;
    const isBefore = order.indexOf(cls) < order.indexOf(main);
    copyMembers(cls.prototype, made.prototype, isBefore, ['constructor']);
    copyMembers(cls, made, isBefore, ['length', 'name', 'prototype']);
    recognise(cls);
  }
  return made;
}

function copyMembers(from: object, to: object, overrides: boolean, skipped: string[]): void {
  for (const key of Reflect.ownKeys(from)) {
    if (skipped.includes(key as string) || key === ORDER || key === Symbol.hasInstance) continue;
    if (!overrides && key in to) continue;
    Object.defineProperty(to, key, { ...Object.getOwnPropertyDescriptor(from, key)!, configurable: true });
  }
}

/** Makes `instanceof` see that an object's class has this one among its bases. */
function recognise(cls: any): void {
  if (Object.hasOwn(cls, Symbol.hasInstance)) return;
  Object.defineProperty(cls, Symbol.hasInstance, {
    value(this: any, value: any) {
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
      return (
        Function.prototype[Symbol.hasInstance].call(this, value) || orderOf(classOf(value)).includes(this)
      );
    },
    configurable: true,
  });
}

function classOf(value: any): any {
  return Object.getPrototypeOf(value)?.constructor ?? Object;
}

/** `super()` of a mixin: the next class in the object's order. */
export function super_of(cls: any, self: any): any {
  const order = orderOf(classOf(self));
  const next = order.slice(order.indexOf(cls) + 1);
  return new Proxy(
    {},
    {
      get(_, name) {
        for (const one of next) {
          if (Object.hasOwn(one.prototype, name)) return one.prototype[name].bind(self);
        }
        return name === '__init__' ? () => undefined : undefined;
      },
    },
  );
}

// ---- members that JavaScript's classes lack

/** Lets instances read what belongs to the class: constants, static methods, class methods. */
export function shared(cls: any, ...names: string[]): void {
  for (const name of names) {
    Object.defineProperty(cls.prototype, name, {
      get(this: any) {
        const owner = classOf(this);
        const value = owner[name];
        return typeof value === 'function' && !isClass(value) ? value.bind(owner) : value;
      },
      set(this: any, value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
}

/** A property that is computed once for each object. */
export function cached_property(cls: any, name: string): void {
  const { get } = Object.getOwnPropertyDescriptor(cls.prototype, name)!;
  const values = new WeakMap<object, unknown>();
  Object.defineProperty(cls.prototype, name, {
    get(this: any) {
      if (!values.has(this)) values.set(this, get!.call(this));
      return values.get(this);
    },
    set(this: any, value: unknown) {
      values.set(this, value);
    },
    configurable: true,
  });
}

/** `@decorator` on a method: the decorator sees a function of self. */
export function decorate_method(cls: any, name: string, decorator: (method: any) => any): void {
  const method = cls.prototype[name];
  const decorated = decorator((self: any, ...args: unknown[]) => method.apply(self, args));
  Object.defineProperty(cls.prototype, name, {
    value(this: any, ...args: unknown[]) {
      return decorated(this, ...args);
    },
    writable: true,
    configurable: true,
  });
}

/** `setattr` on a class: a function becomes a method of its instances. */
export function setClassAttribute(cls: any, name: string, value: any): void {
  const method = typeof value === 'function' && !isClass(value) && !(DICT in value);
  Object.defineProperty(cls.prototype, name, {
    value: method
      ? function (this: any, ...args: unknown[]) {
          return value(this, ...args);
        }
      : value,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  Object.defineProperty(cls, name, { value, writable: true, configurable: true, enumerable: true });
}

/** A method read without being called, bound to its object. */
export function boundMethod(self: any, name: string): any {
  const value = self[name];
  if (
    typeof value !== 'function' ||
    (Object.hasOwn(self, name) && !isClass(self)) ||
    isClass(value) ||
    !(value instanceof Function)
  )
    return value;
  const method = (...args: unknown[]) => value.apply(self, args);
  Object.defineProperty(method, 'name', { value: name });
  return method;
}
