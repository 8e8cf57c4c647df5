// Methods of strings, and of numbers, that JavaScript has not. A receiver that is no string has its own method.
import { TypeError, ValueError } from './exceptions';
import { isPlainObject } from './keywords';
import { str } from './text';
import { Tuple } from './tuple';

/** Makes a helper that works on strings and leaves other objects to their own method. */
function method(
  name: string,
  onString: (text: string, ...args: any[]) => any,
): (target: any, ...args: any[]) => any {
  return (target, ...args) => {
    if (typeof target === 'string') return onString(target, ...args);
    const found = target?.[name];
    if (typeof found !== 'function') throw new TypeError(`object has no attribute '${name}'`);
    return found.apply(target, args);
  };
}

const SPACE = /\s+/;

/** The keywords in a last options object, by position. */
function withKeywords(args: any[], ...names: string[]): any[] {
  const last = args.at(-1);
  if (!isPlainObject(last)) return args;
  const out = args.slice(0, -1);
  names.forEach((name, i) => {
    if (name in last) out[i] = last[name];
  });
  return out;
}

export const split = method('split', (text, ...args) => {
  const [separator = null, most = -1] = withKeywords(args, 'sep', 'maxsplit');
  if (separator === '') throw new ValueError('empty separator');
  if (separator === null) {
    let rest = text.trimStart();
    const parts: string[] = [];
    while (rest !== '') {
      const found = SPACE.exec(rest);
      if (found === null || (most >= 0 && parts.length === most)) {
        parts.push(most >= 0 && parts.length === most ? rest : rest.trimEnd());
        break;
      }
      parts.push(rest.slice(0, found.index));
      rest = rest.slice(found.index + found[0].length);
    }
    return parts;
  }
  const parts = text.split(separator);
  return most < 0 || parts.length <= most + 1
    ? parts
    : [...parts.slice(0, most), parts.slice(most).join(separator)];
});

export const rsplit = method('rsplit', (text, ...args) => {
  const [separator = null, most = -1] = withKeywords(args, 'sep', 'maxsplit');
  const parts = separator === null ? split(text) : text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [parts.slice(0, parts.length - most).join(separator ?? ' '), ...parts.slice(parts.length - most)];
});

export const join = method('join', (text, parts) => {
  const items = typeof parts[Symbol.iterator] === 'function' ? [...parts] : Object.keys(parts);
  const wrong = items.findIndex((item) => typeof item !== 'string');
  if (wrong >= 0) throw new TypeError(`sequence item ${wrong}: expected str instance`);
  return items.join(text);
});

function stripped(text: string, chars: string | null | undefined, left: boolean, right: boolean): string {
  if (chars === null || chars === undefined)
    return left ? (right ? text.trim() : text.trimStart()) : text.trimEnd();
  let start = 0;
  let end = text.length;
  while (left && start < end && chars.includes(text[start]!)) start++;
  while (right && end > start && chars.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

export const strip = method('strip', (text, chars) => stripped(text, chars, true, true));
export const lstrip = method('lstrip', (text, chars) => stripped(text, chars, true, false));
export const rstrip = method('rstrip', (text, chars) => stripped(text, chars, false, true));
export const startswith = method('startswith', (text, prefix, start = 0) =>
  (Array.isArray(prefix) ? prefix : [prefix]).some((one: string) => text.startsWith(one, start)),
);
export const endswith = method('endswith', (text, suffix) =>
  (Array.isArray(suffix) ? suffix : [suffix]).some((one: string) => text.endsWith(one)),
);
export const replace = method('replace', (text, before, after, most = -1) => {
  if (most < 0) return text.replaceAll(before, () => after);
  const parts = text.split(before);
  const head = parts.slice(0, most + 1).join(after);
  return parts.length > most + 1 ? head + before + parts.slice(most + 1).join(before) : head;
});
export const lower = method('lower', (text) => text.toLowerCase());
export const upper = method('upper', (text) => text.toUpperCase());
export const casefold = method('casefold', (text) => text.toLowerCase());
export const swapcase = method('swapcase', (text) =>
  Array.from(text, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join(''),
);
export const capitalize = method(
  'capitalize',
  (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
);
export const title = method('title', (text) =>
  text
    .toLowerCase()
    .replace(
      /(^|[^\p{L}])(\p{L})/gu,
      (_: string, before: string, letter: string) => before + letter.toUpperCase(),
    ),
);
export const find = method('find', (text, part, start = 0) => text.indexOf(part, start));
export const rfind = method('rfind', (text, part) => text.lastIndexOf(part));
export const zfill = method('zfill', (text, width) => {
  const sign = /^[+-]/.test(text) ? text[0]! : '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
});
export const isdigit = method('isdigit', (text) => /^\p{Nd}+$/u.test(text));
export const isnumeric = method('isnumeric', (text) => /^\p{N}+$/u.test(text));
export const isdecimal = isdigit;
export const isalpha = method('isalpha', (text) => /^\p{L}+$/u.test(text));
export const isalnum = method('isalnum', (text) => /^[\p{L}\p{N}]+$/u.test(text));
export const isspace = method('isspace', (text) => /^\s+$/.test(text));
export const isupper = method(
  'isupper',
  (text) => text !== text.toLowerCase() && text === text.toUpperCase(),
);
export const islower = method(
  'islower',
  (text) => text !== text.toUpperCase() && text === text.toLowerCase(),
);
export const isidentifier = method('isidentifier', (text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text));
export const partition = method('partition', (text, separator) => {
  const at = text.indexOf(separator);
  return at < 0
    ? Tuple.of(text, '', '')
    : Tuple.of(text.slice(0, at), separator, text.slice(at + separator.length));
});
export const rpartition = method('rpartition', (text, separator) => {
  const at = text.lastIndexOf(separator);
  return at < 0
    ? Tuple.of('', '', text)
    : Tuple.of(text.slice(0, at), separator, text.slice(at + separator.length));
});
export const removeprefix = method('removeprefix', (text, prefix) =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text,
);
export const removesuffix = method('removesuffix', (text, suffix) =>
  suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
);
export const splitlines = method('splitlines', (text) => {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
});
export const center = method('center', (text, width, fill = ' ') => {
  const missing = Math.max(0, width - text.length);
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
});
export const ljust = method('ljust', (text, width, fill = ' ') => text.padEnd(width, fill));
export const rjust = method('rjust', (text, width, fill = ' ') => text.padStart(width, fill));
export const encode = method('encode', (text) => new TextEncoder().encode(text));
export const expandtabs = method('expandtabs', (text, size = 8) => text.replaceAll('\t', ' '.repeat(size)));
export const format_map = method('format_map', (text, map) =>
  text.replace(/\{(\w+)\}/g, (_: string, key: string) => str(map instanceof Map ? map.get(key) : map[key])),
);

/** `x.is_integer()` of a float. */
export function is_integer(value: any): boolean {
  return typeof value === 'object' && typeof value?.is_integer === 'function'
    ? value.is_integer()
    : Number.isInteger(Number(value));
}

/** `n.bit_length()`. */
export function bit_length(value: number | bigint): number {
  const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  return size === 0n ? 0 : size.toString(2).length;
}

/** `x.conjugate()` of a number that is real. */
export function conjugate(value: any): any {
  return typeof value?.conjugate === 'function' ? value.conjugate() : value;
}
