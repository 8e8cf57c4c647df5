// Text of values as Python writes it: str, repr, format specifications, % and str.format.

import { isDtype } from '../dtype';
import { isArray } from '../handle';
import { Complex, Float, isInteger } from '../numbers';
import { isSlice } from '../slice';
import { DICT } from '../tree';
import { ValueError } from './exceptions';
import { isPlainObject } from './keywords';
import { isTuple } from './tuple';

/** A float's shortest text: 1e-05, 1e+16, 0.0001, inf. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text =
    exponent < 0
      ? value.toFixed(Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - exponent))
      : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

function numberText(value: number): string {
  return isInteger(value) ? (Object.is(value, -0) ? '0' : String(BigInt(value))) : floatText(value);
}

function stringRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let out = '';
  for (const c of value) {
    const code = c.codePointAt(0)!;
    if (c === quote || c === '\\') out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return quote + out + quote;
}

/** Items of a dict, whatever it is made of. Set by containers.ts, which knows modules too. */
let entries: (dict: any) => Iterable<[unknown, unknown]> = (dict) => Object.entries(dict);

export function useEntries(of: typeof entries): void {
  entries = of;
}

const TYPE_NAMES = new Map<unknown, string>();

/** Registers the runtime's stand-ins for builtin types, whose names JavaScript cannot always carry. */
export function nameType(type: unknown, name: string): void {
  TYPE_NAMES.set(type, name);
}

/** The name of a class or function. */
export function name_of(value: any): string {
  return TYPE_NAMES.get(value) ?? (Object.hasOwn(value, '__name__') ? value.__name__ : value.name);
}

function functionText(value: any): string {
  if (TYPE_NAMES.has(value)) return `<class '${TYPE_NAMES.get(value)}'>`;
  if (/^class\b/.test(Function.prototype.toString.call(value)))
    return `<class '${value.__module__ ?? '__main__'}.${value.name}'>`;
  return `<function ${value.name || '<lambda>'}>`;
}

/** Python's `repr`. */
export function repr(value: any): string {
  switch (typeof value) {
    case 'string':
      return stringRepr(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'None';
  }
  if (value === null) return 'None';
  if (value instanceof Float) return floatText(value.value);
  if (isArray(value)) return value.__repr__();
  if (typeof value.__repr__ === 'function' && typeof value !== 'function') return value.__repr__();
  if (typeof value === 'function' && DICT in value) return (value as any).__repr__();
  if (typeof value === 'function' && !(value instanceof Function) && typeof value.__repr__ === 'function')
    return value.__repr__();
  if (isTuple(value))
    return value.length === 1 ? `(${repr(value[0])},)` : `(${Array.from(value, repr).join(', ')})`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${Array.from(value, repr).join(', ')}}`;
  if (isDtype(value)) return String(value);
  if (isSlice(value)) return `slice(${repr(value.start)}, ${repr(value.stop)}, ${repr(value.step)})`;
  if (value instanceof Complex) return complexText(value);
  if (value instanceof Uint8Array) return bytesRepr(value);
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : repr(value.message)})`;
  if (value instanceof Map || isPlainObject(value)) {
    const items = Array.from(entries(value), ([key, item]) => `${repr(key)}: ${repr(item)}`);
    const text = `{${items.join(', ')}}`;
    return value instanceof Map && value.constructor !== Map && name_of(value.constructor) === 'defaultdict'
      ? `defaultdict(${repr((value as any).default_factory)}, ${text})`
      : text;
  }
  if (typeof value === 'function') return functionText(value);
  const text = String(value);
  return text === '[object Object]' ? `<${value.constructor?.name ?? 'object'} object>` : text;
}

function complexText(value: Complex): string {
  const part = (n: number): string => floatText(n).replace(/\.0$/, '');
  const sign = value.im < 0 || Object.is(value.im, -0) ? '' : '+';
  return value.re === 0 && !Object.is(value.re, -0)
    ? `${part(value.im)}j`
    : `(${part(value.re)}${sign}${part(value.im)}j)`;
}

function bytesRepr(value: Uint8Array): string {
  const text = Array.from(value, (byte) => {
    if (byte === 92 || byte === 39) return `\\${String.fromCharCode(byte)}`;
    if (byte === 10) return '\\n';
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b'${text.join('')}'`;
}

/** Key errors whose message is the key's repr already. */
const TEXTS = new WeakSet<Error>();

export function markText<T extends Error>(error: T): T {
  TEXTS.add(error);
  return error;
}

/** Python's `str`. */
export function str(value: any): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) {
    const own = (value as any).__str__;
    if (typeof own === 'function') return own.call(value);
    return value.name === 'KeyError' && !TEXTS.has(value) ? stringRepr(value.message) : value.message;
  }
  if (
    value !== null &&
    value !== undefined &&
    typeof value === 'object' &&
    typeof value.__str__ === 'function'
  )
    return value.__str__();
  return repr(value);
}

/** Marks numbers of a known float as floats, so that 2.0 prints as 2.0. */
export function as_float(value: any): any {
  if (typeof value === 'number') return new Float(value);
  if (Array.isArray(value)) return value.map(as_float);
  return value;
}

// ---- format specifications

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/** `format(value, spec)`: what stands after the colon of an f-string. */
export function format(value: any, spec = ''): string {
  if (
    value !== null &&
    typeof value === 'object' &&
    !(value instanceof Float) &&
    typeof value.__format__ === 'function'
  )
    return value.__format__(spec);
  if (spec === '') return str(value);
  const match = SPEC.exec(spec);
  if (match === null) throw new ValueError(`Invalid format specifier '${spec}'`);
  const [, fillGiven, alignGiven, sign = '-', , alternate, zero, width, grouping, precision, type] = match;
  const isNumber =
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Float ||
    typeof value === 'boolean';
  let text: string;
  let prefix = '';
  if (isNumber && type !== 's') {
    const number = value instanceof Float ? value.value : typeof value === 'boolean' ? Number(value) : value;
    const digits = numberDigits(number, value instanceof Float, type, precision, alternate !== undefined);
    const negative = number < 0 || Object.is(number, -0);
    prefix = negative ? '-' : sign === '-' ? '' : sign;
    text = grouping === undefined ? digits : group(digits, grouping);
  } else {
    if (type !== undefined && type !== 's')
      throw new ValueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
    text = str(value);
    if (precision !== undefined) text = Array.from(text).slice(0, Number(precision)).join('');
  }
  const align = alignGiven ?? (zero !== undefined ? '=' : isNumber ? '>' : '<');
  const fill = fillGiven ?? (zero !== undefined ? '0' : ' ');
  const missing = Math.max(0, Number(width ?? 0) - Array.from(prefix + text).length);
  if (align === '<') return prefix + text + fill.repeat(missing);
  if (align === '^') return fill.repeat(missing >> 1) + prefix + text + fill.repeat(missing - (missing >> 1));
  return align === '=' ? prefix + fill.repeat(missing) + text : fill.repeat(missing) + prefix + text;
}

function typeName(value: unknown): string {
  return typeof value === 'string'
    ? 'str'
    : value === null || value === undefined
      ? 'NoneType'
      : (value as object).constructor.name;
}

/** The digits of a number without its sign. */
function numberDigits(
  value: number | bigint,
  isFloat: boolean,
  type: string | undefined,
  precision: string | undefined,
  alternate: boolean,
): string {
  const isInt = typeof value === 'bigint' || (isInteger(value) && !isFloat);
  const size = typeof value === 'bigint' ? (value < 0n ? -value : value) : Math.abs(value);
  switch (type) {
    case 'd':
    case 'n':
      if (!isInt) throw new ValueError(`Unknown format code '${type}' for object of type 'float'`);
      return String(BigInt(size));
    case 'b':
      return (alternate ? '0b' : '') + BigInt(size).toString(2);
    case 'o':
      return (alternate ? '0o' : '') + BigInt(size).toString(8);
    case 'x':
      return (alternate ? '0x' : '') + BigInt(size).toString(16);
    case 'X':
      return (alternate ? '0X' : '') + BigInt(size).toString(16).toUpperCase();
    case 'c':
      return String.fromCodePoint(Number(size));
  }
  const number = Number(size);
  if (type === undefined && precision === undefined) return isInt ? String(BigInt(size)) : floatText(number);
  if (!Number.isFinite(number)) {
    const text = Number.isNaN(number) ? 'nan' : 'inf';
    return type === 'E' || type === 'F' || type === 'G'
      ? text.toUpperCase()
      : text + (type === '%' ? '%' : '');
  }
  const digits = precision === undefined ? 6 : Number(precision);
  switch (type) {
    case 'f':
    case 'F':
      return fixed(number, digits);
    case '%':
      return `${fixed(number * 100, digits)}%`;
    case 'e':
      return exponent(number, digits);
    case 'E':
      return exponent(number, digits).toUpperCase();
    case 'G':
      return general(number, digits, alternate).toUpperCase();
    case 'g':
      return general(number, digits, alternate);
  }
  // No type but a precision: like g, but a float keeps a decimal.
  const text = general(number, digits, alternate, true);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Rounds half to even on the exact binary value, as C does; toFixed rounds half up on it. */
function fixed(value: number, digits: number): string {
  if (value >= 1e21) return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const text = value.toFixed(Math.min(digits, 100));
  if (digits > 20) return text;
  // Only an exact tie can differ.
  const scaled = value * 10 ** digits;
  if (scaled < 2 ** 52 && Math.abs(scaled % 1) === 0.5 && isExactTie(value, digits)) {
    const even = 2 * Math.round(scaled / 2);
    return (even / 10 ** digits).toFixed(digits);
  }
  return text;
}

function isExactTie(value: number, digits: number): boolean {
  return value
    .toFixed(Math.min(100, digits + 30))
    .endsWith(`5${'0'.repeat(Math.min(100, digits + 30) - digits - 1)}`);
}

function exponent(value: number, digits: number): string {
  const [mantissa, power] = value.toExponential(Math.min(digits, 100)).split('e') as [string, string];
  return `${mantissa}e${power[0]}${power.slice(1).padStart(2, '0')}`;
}

function general(value: number, digits: number, alternate: boolean, isRepr = false): string {
  const precision = digits === 0 ? 1 : digits;
  if (value === 0) return '0';
  const power = Number(value.toExponential(Math.min(precision - 1, 100)).split('e')[1]);
  const limit = isRepr ? precision - 1 : precision;
  if (power < -4 || power >= limit) {
    const text = exponent(value, precision - 1);
    return alternate ? text : text.replace(/\.?0+e/, 'e');
  }
  const text = fixed(value, Math.max(0, precision - 1 - power));
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

function group(digits: string, separator: string): string {
  const [whole, rest] = digits.split('.') as [string, string | undefined];
  const size = /^0[xob]/i.test(digits) ? 4 : 3;
  const grouped = whole.replace(new RegExp(`\\B(?=(\\w{${size}})+$)`, 'g'), separator);
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** `text % values`. */
export function percent(text: string, values: any): string {
  const items: any[] = isTuple(values) ? [...values] : [values];
  let next = 0;
  return text.replace(
    /%(?:\((\w+)\))?([-+ #0]*)(\d+|\*)?(?:\.(\d+))?([diouxXeEfFgGcrs%])/g,
    (_, key, flags, width, precision, type) => {
      if (type === '%') return '%';
      const value =
        key !== undefined ? (values instanceof Map ? values.get(key) : values[key]) : items[next++];
      const align = flags.includes('-') ? '<' : flags.includes('0') ? '' : '>';
      const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      const size = width === '*' ? items[next++] : (width ?? '');
      if (type === 'r' || type === 's')
        return format(type === 'r' ? repr(value) : str(value), `${align === '' ? '>' : align}${size}`);
      const code = type === 'i' || type === 'u' ? 'd' : type;
      const zero = flags.includes('0') && align === '' ? '0' : '';
      const number = code === 'd' ? Math.trunc(Number(value)) : value;
      return format(
        number,
        `${size === '' ? '' : align}${sign}${zero}${size}${precision === undefined ? '' : `.${precision}`}${code}`,
      );
    },
  );
}

/** `text.format(...)`. */
export function str_format(text: string, ...args: any[]): string {
  const last = args.at(-1);
  const named = isPlainObject(last) ? last : {};
  let next = 0;
  return text.replace(
    /\{\{|\}\}|\{(\w*)((?:\.\w+|\[\w+\])*)(?:!([rsa]))?(?::((?:[^{}]|\{\w*\})*))?\}/g,
    (whole, field, path, conversion, spec) => {
      if (whole === '{{') return '{';
      if (whole === '}}') return '}';
      let value = field === '' ? args[next++] : /^\d+$/.test(field) ? args[Number(field)] : named[field];
      for (const [, attribute, item] of path.matchAll(/\.(\w+)|\[(\w+)\]/g)) value = value[attribute ?? item];
      if (conversion !== undefined) value = conversion === 'r' ? repr(value) : str(value);
      const inner =
        spec?.replace(/\{(\w*)\}/g, (_: string, name: string) =>
          str(name === '' ? args[next++] : named[name]),
        ) ?? '';
      return format(value, inner);
    },
  );
}

/** Python's `ascii`. */
export function ascii(value: any): string {
  return repr(value).replace(/[^\x20-\x7e]/gu, (c) => {
    const code = c.codePointAt(0)!;
    if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 65536
      ? `\\u${code.toString(16).padStart(4, '0')}`
      : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}
