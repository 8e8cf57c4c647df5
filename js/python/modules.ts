// Small parts of Python's library: copy, dataclasses, textwrap, inspect, re, os, sys, json, time and others.
import { isArray } from '../handle';
import { isDict } from '../tree';
import { abc, isinstance } from './builtins';
import { entriesOf } from './containers';
import { contextmanager } from './context';
import { asdict, dataclass, field, fields, is_dataclass, replace } from './dataclass';
import { ImportError } from './exceptions';
import { PythonSignature } from './keywords';
import { create, isClass } from './object';
import { repr } from './text';
import { isTuple, Tuple } from './tuple';

// ---- copy

function shallow(value: any): any {
  if (isArray(value)) return (value as any).__copy__();
  if (isTuple(value)) return value;
  if (Array.isArray(value)) return value.slice();
  if (value instanceof Set) return new Set(value);
  if (value === null || (typeof value !== 'object' && !isDict(value)) || isClass(value)) return value;
  if (typeof value.__copy__ === 'function') return value.__copy__();
  if (value instanceof Map && value.constructor === Map) return new Map(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return { ...value };
  return Object.assign(create(value.constructor), value);
}

function deep(value: any, seen = new Map<any, any>()): any {
  if (value === null || (typeof value !== 'object' && !isDict(value))) return value;
  const found = seen.get(value);
  if (found !== undefined) return found;
  if (isArray(value)) return (value as any).__deepcopy__();
  if (typeof value.__deepcopy__ === 'function') return value.__deepcopy__(seen);
  if (isTuple(value)) return Tuple.of(...Array.from(value, (item) => deep(item, seen)));
  const out =
    value instanceof Map
      ? new Map()
      : value instanceof Set
        ? new Set()
        : Array.isArray(value)
          ? []
          : shallow(value);
  seen.set(value, out);
  if (Array.isArray(value)) for (const item of value) out.push(deep(item, seen));
  else if (value instanceof Set) for (const item of value) out.add(deep(item, seen));
  else if (value instanceof Map) for (const [key, item] of value) out.set(key, deep(item, seen));
  else for (const key of Object.keys(value)) out[key] = deep(value[key], seen);
  return out;
}

export const copy = { copy: shallow, deepcopy: (value: any) => deep(value) };

// ---- dataclasses, inspect, typing

export const dataclasses = { dataclass, field, fields, asdict, replace, is_dataclass };

export const inspect = {
  /** The parameters of a dataclass, or of a function's declaration as JavaScript shows it. */
  signature(of: any) {
    const names =
      of?.__signature__ instanceof PythonSignature ? of.__signature__.parameters : parametersOf(of);
    return { parameters: Object.fromEntries(names.map((name: string) => [name, { name }])) };
  },
  isclass: isClass,
  isfunction: (value: any) => typeof value === 'function' && !isClass(value),
};

function parametersOf(of: any): string[] {
  const text = Function.prototype.toString.call(isClass(of) ? (of.prototype.__init__ ?? of) : of);
  const inside = /\(([^)]*)\)/.exec(text)?.[1] ?? '';
  return inside
    .split(',')
    .map((part) => part.replace(/=.*|\./g, '').trim())
    .filter((name) => name !== '');
}

class LiteralType {
  constructor(readonly values: readonly unknown[]) {}
  __repr__(): string {
    return `typing.Literal[${this.values.map(repr).join(', ')}]`;
  }
}

export const typing = {
  Literal: (...values: unknown[]) => new LiteralType(values),
  get_args: (of: any) => (of instanceof LiteralType ? Tuple.of(...of.values) : Tuple.of()),
  ...abc,
};

export const types = {
  SimpleNamespace: class {
    [name: string]: any;
    constructor(options: object) {
      Object.assign(this, options);
    }
  },
};

// ---- text

export const textwrap = {
  /** Puts a prefix before every line that is not blank. */
  indent(text: string, prefix: any): string {
    const added = typeof prefix === 'string' ? prefix : prefix.prefix;
    return text.replace(/^(?=.*\S)/gm, added);
  },
  dedent(text: string): string {
    const margins = [...text.matchAll(/^([ \t]*)\S/gm)].map((match) => match[1]!);
    const margin = margins.reduce((a, b) => {
      let i = 0;
      while (i < a.length && a[i] === b[i]) i++;
      return a.slice(0, i);
    }, margins[0] ?? '');
    return text.replace(/^[ \t]+$/gm, '').replace(new RegExp(`^${margin}`, 'gm'), '');
  },
};

class Match {
  readonly #found: RegExpExecArray;
  constructor(found: RegExpExecArray) {
    this.#found = found;
  }
  group(...keys: any[]): any {
    const one = (key: any): any =>
      (typeof key === 'number' ? this.#found[key] : this.#found.groups?.[key]) ?? null;
    return keys.length <= 1 ? one(keys[0] ?? 0) : Tuple.of(...keys.map(one));
  }
  groups(): Tuple {
    return Tuple.of(...this.#found.slice(1).map((text) => text ?? null));
  }
  groupdict(): Record<string, any> {
    return { ...this.#found.groups };
  }
  start(): number {
    return this.#found.index;
  }
  end(): number {
    return this.#found.index + this.#found[0].length;
  }
  span(): Tuple {
    return Tuple.of(this.start(), this.end());
  }
  __getitem__(key: any): any {
    return this.group(key);
  }
}

/** Python's syntax of patterns, as far as it differs. */
function translated(pattern: string): string {
  return pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$');
}

class Pattern {
  readonly pattern: string;
  readonly #flags: string;
  constructor(pattern: string, flags: number) {
    this.pattern = pattern;
    this.#flags = [...'ims'].filter((_, i) => flags & [2, 8, 16][i]!).join('');
  }
  #run(text: string, before: string, after: string): Match | null {
    const found = new RegExp(`${before}(?:${translated(this.pattern)})${after}`, this.#flags).exec(text);
    return found === null ? null : new Match(found);
  }
  match(text: string): Match | null {
    return this.#run(text, '^', '');
  }
  fullmatch(text: string): Match | null {
    return this.#run(text, '^', '$');
  }
  search(text: string): Match | null {
    return this.#run(text, '', '');
  }
  *finditer(text: string): Generator<Match> {
    for (const found of text.matchAll(new RegExp(translated(this.pattern), `g${this.#flags}`)))
      yield new Match(found as RegExpExecArray);
  }
  findall(text: string): any[] {
    return Array.from(this.finditer(text), (match) => {
      const groups = match.groups();
      return groups.length === 0 ? match.group() : groups.length === 1 ? groups[0] : groups;
    });
  }
  sub(replacement: any, text: string, count = 0): string {
    let done = 0;
    return text.replace(new RegExp(translated(this.pattern), `g${this.#flags}`), (...args) => {
      if (count > 0 && ++done > count) return args[0];
      const groups = args.slice(
        0,
        args.findIndex((arg) => typeof arg === 'number'),
      ) as unknown as RegExpExecArray;
      const last = args.at(-1);
      Object.assign(groups, { groups: typeof last === 'object' ? last : undefined, index: 0 });
      const match = new Match(groups);
      if (typeof replacement === 'function') return replacement(match);
      return replacement.replace(
        /\\(\d+)|\\g<(\w+)>/g,
        (_: string, n: string, name: string) =>
          match.group(n !== undefined ? Number(n) : /^\d+$/.test(name) ? Number(name) : name) ?? '',
      );
    });
  }
  split(text: string): string[] {
    return text.split(new RegExp(translated(this.pattern), this.#flags));
  }
}

const compiled = (pattern: any, flags = 0): Pattern =>
  pattern instanceof Pattern ? pattern : new Pattern(pattern, flags);

export const re = {
  compile: compiled,
  match: (pattern: any, text: string, flags = 0) => compiled(pattern, flags).match(text),
  fullmatch: (pattern: any, text: string, flags = 0) => compiled(pattern, flags).fullmatch(text),
  search: (pattern: any, text: string, flags = 0) => compiled(pattern, flags).search(text),
  findall: (pattern: any, text: string, flags = 0) => compiled(pattern, flags).findall(text),
  finditer: (pattern: any, text: string, flags = 0) => compiled(pattern, flags).finditer(text),
  sub: (pattern: any, replacement: any, text: string, count = 0) =>
    compiled(pattern).sub(replacement, text, count),
  split: (pattern: any, text: string) => compiled(pattern).split(text),
  escape: (text: string) => text.replace(/[.*+?^${}()|[\]\\\-#&~ ]/g, '\\$&'),
  IGNORECASE: 2,
  I: 2,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
};

// ---- the world outside

export const os = {
  environ: {
    get: (name: string, fallback: any = null) => process.env[name] ?? fallback,
    __contains__: (name: string) => name in process.env,
    __getitem__: (name: string) => process.env[name],
  },
  getenv: (name: string, fallback: any = null) => process.env[name] ?? fallback,
  path: {
    join: (...parts: string[]) =>
      parts.reduce((all, part) => (part.startsWith('/') ? part : `${all.replace(/\/$/, '')}/${part}`)),
    basename: (path: string) => path.slice(path.lastIndexOf('/') + 1),
    dirname: (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/'))),
  },
  getcwd: () => process.cwd(),
};

export const sys = {
  maxsize: 2n ** 63n - 1n,
  platform: process.platform,
  exit(code: any = 0): never {
    process.exit(typeof code === 'number' ? code : 1);
  },
};

export const json = {
  dumps: (value: any, options: { indent?: number; sort_keys?: boolean } = {}): string => {
    const text = JSON.stringify(plain(value), undefined, options.indent);
    // Python puts a space after commas and colons.
    return options.indent === undefined ? spaced(text) : text;
  },
  loads: (text: string) => JSON.parse(text),
};

function plain(value: any): any {
  if (value instanceof Map)
    return Object.fromEntries(Array.from(value, ([key, item]) => [String(key), plain(item)]));
  if (Array.isArray(value)) return Array.from(value, plain);
  if (value !== null && typeof value === 'object' && isDict(value)) {
    return Object.fromEntries(Array.from(entriesOf(value), ([key, item]) => [key, plain(item)]));
  }
  return value;
}

function spaced(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (part) =>
    part === ',' || part === ':' ? `${part} ` : part,
  );
}

export const time = {
  time: () => Date.now() / 1000,
  perf_counter: () => performance.now() / 1000,
  monotonic: () => performance.now() / 1000,
};

export const contextlib = {
  contextmanager,
  nullcontext: (value: any = null) => ({ __enter__: () => value, __exit__: () => false }),
  suppress: (...kinds: any[]) => ({
    __enter__: () => null,
    __exit__: (_kind: any, error: any) => error !== null && kinds.some((kind) => isinstance(error, kind)),
  }),
};

export const warnings = {
  warn(message: any): void {
    process.emitWarning(String(message));
  },
};

export const string = {
  ascii_lowercase: 'abcdefghijklmnopqrstuvwxyz',
  ascii_uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
};

/** Stands for a Python module that nothing provides: any use is an ImportError. */
export function missing(name: string): any {
  const refuse = (): never => {
    throw new ImportError(`No module named '${name}': compiled code has no Python to import it from`);
  };
  return new Proxy(refuse, {
    get: (_, key) => (typeof key === 'symbol' || key === 'prototype' ? undefined : refuse()),
    apply: refuse,
    construct: refuse,
  });
}
