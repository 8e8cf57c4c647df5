// Dataclasses: `__init__`, `__repr__` and `__eq__` from the fields of a class and of its bases.
import { TypeError } from './exceptions';
import { PythonSignature } from './keywords';
import { bool, eq } from './operators';
import { as_float, name_of, repr } from './text';

/** Marks a field without a default. */
export const required = Symbol('required');

interface Field {
  name?: string;
  default?: unknown;
  default_factory?: () => unknown;
  init?: boolean;
  repr?: boolean;
  compare?: boolean;
  isFloat?: boolean;
}

class FieldOptions {
  constructor(readonly options: Field) {}
}

/** `field(default_factory=list)`. */
export function field(options: Field): FieldOptions {
  return new FieldOptions(options);
}

/** The default of a field that is declared as a float: 1.0 prints as 1.0. */
export function float_field(value: number): FieldOptions {
  return new FieldOptions({ default: value, isFloat: true });
}

const FIELDS = '__dataclass_fields__';

function normalise(value: unknown): Field {
  if (value === required) return {};
  return value instanceof FieldOptions ? value.options : { default: value };
}

/** `@dataclass`. Fields of the bases come first; a field declared again keeps its place. */
export function dataclass(
  cls: any,
  own: Record<string, unknown>,
  options: { frozen?: boolean; eq?: boolean; repr?: boolean } = {},
): void {
  const fields: Record<string, Field> = { ...(cls[FIELDS] ?? {}) };
  for (const [name, value] of Object.entries(own)) fields[name] = { ...normalise(value), name };
  define(cls, FIELDS, fields);
  const names = Object.keys(fields).filter((name) => fields[name]!.init !== false);
  const text = names.map((name) => (hasDefault(fields[name]!) ? `${name}=…` : name)).join(', ');
  const signature = new PythonSignature(`${cls.name}(${text})`);
  define(cls, '__signature__', signature);
  const { prototype } = cls;
  if (!Object.hasOwn(prototype, '__init__'))
    define(prototype, '__init__', initialiser(fields, names, signature));
  if (options.repr !== false && !Object.hasOwn(prototype, '__repr__')) {
    define(prototype, '__repr__', function (this: any) {
      const shown = Object.keys(fields).filter((name) => fields[name]!.repr !== false);
      const parts = shown.map(
        (name) =>
          `${name}=${repr(isDefaultFloat(fields[name]!, this[name]) ? as_float(this[name]) : this[name])}`,
      );
      return `${name_of(this.constructor)}(${parts.join(', ')})`;
    });
  }
  if (options.eq !== false && !Object.hasOwn(prototype, '__eq__')) {
    define(prototype, '__eq__', function (this: any, other: any) {
      if (other?.constructor !== this.constructor) return false;
      return Object.keys(fields).every(
        (name) => fields[name]!.compare === false || bool(eq(this[name], other[name])),
      );
    });
  }
  // Defaults are attributes of the class too.
  for (const [name, value] of Object.entries(fields)) {
    if (!('default' in value) || Object.hasOwn(cls, name)) continue;
    Object.defineProperty(cls, name, { value: value.default, writable: true, configurable: true });
  }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

function isDefaultFloat(declared: Field, value: unknown): boolean {
  return declared.isFloat === true && typeof value === 'number';
}

function hasDefault(declared: Field): boolean {
  return 'default' in declared || declared.default_factory !== undefined;
}

function initialiser(fields: Record<string, Field>, names: string[], signature: PythonSignature) {
  return function __init__(this: any, ...args: any[]): void {
    const named = signature.bind(args);
    names.forEach((name, i) => {
      const value = named === undefined ? args[i] : named[name];
      this[name] = value === undefined ? defaultOf(fields[name]!) : value;
    });
    for (const [name, declared] of Object.entries(fields)) {
      if (declared.init === false && hasDefault(declared)) this[name] = defaultOf(declared);
    }
    this.__post_init__?.();
  };
}

function defaultOf(declared: Field): unknown {
  return declared.default_factory === undefined ? declared.default : declared.default_factory();
}

/** `dataclasses.fields`. */
export function fields(of: any): Field[] {
  const declared = (typeof of === 'function' && FIELDS in of ? of : of.constructor)[FIELDS];
  if (declared === undefined) throw new TypeError('must be called with a dataclass type or instance');
  return Object.values(declared);
}

export function is_dataclass(of: any): boolean {
  return of !== null && of !== undefined && (FIELDS in Object(of) || FIELDS in (of.constructor ?? {}));
}

export function asdict(of: any): any {
  const inner = (value: any): any => {
    if (is_dataclass(value)) return asdict(value);
    return Array.isArray(value) ? value.map(inner) : value;
  };
  return Object.fromEntries(fields(of).map(({ name }) => [name, inner(of[name!])]));
}

export function replace(of: any, changes: Record<string, unknown>): any {
  return new of.constructor({
    ...Object.fromEntries(fields(of).map(({ name }) => [name, of[name!]])),
    ...changes,
  });
}
