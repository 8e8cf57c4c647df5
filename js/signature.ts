// Signature: a function's declaration as text, and the errors that quote it.
//
// The text is Python's, such as `sum(a: array, /, axis: int | None = None, *, stream: StreamOrDevice = None) ->
// array`. It is only parsed when a keyword has to be checked or a call was wrong.

import { TypeError } from './errors';
import { isArray } from './handle';

export class Signature {
  #positions: Map<string, number> | undefined;

  constructor(readonly text: string) {}

  /** The function's name. */
  get name(): string {
    return this.text.slice(0, this.text.indexOf('('));
  }

  /** Position of each parameter that can be named in an options object; keyword-only ones have Infinity. */
  get keywords(): Map<string, number> {
    return (this.#positions ??= parseKeywords(this.text));
  }
}

/** Splits the parameters at the commas that stand in no bracket. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = text.indexOf('(') + 1;
  for (let i = start; i < text.length; i++) {
    const c = text[i]!;
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c)) depth--;
    if ((c === ',' && depth === 0) || depth < 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
    if (depth < 0) break;
  }
  return parts.filter((part) => part !== '');
}

function parseKeywords(text: string): Map<string, number> {
  const keywords = new Map<string, number>();
  const parameters = splitParameters(text);
  const positionalOnly = parameters.indexOf('/');
  let keywordOnly = false;
  let position = 0;
  parameters.forEach((parameter, index) => {
    if (parameter === '/') return;
    if (parameter.startsWith('*')) {
      keywordOnly = true;
      return;
    }
    const name = /^\w+/.exec(parameter)![0];
    if (keywordOnly) keywords.set(name, Infinity);
    else if (index > positionalOnly) keywords.set(name, position);
    position++;
  });
  return keywords;
}

/** Names a value's kind the way an error message needs it. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') {
    const name: unknown = (value as object).constructor?.name;
    return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'object';
  }
  return typeof value;
}

/** A BigInt as text, cut where it is too long to be read. */
export function shorten(value: bigint): string {
  const digits = String(value);
  return digits.length <= 40 ? digits : `${digits.slice(0, 20)}… (${digits.length} digits)`;
}

/** The error for a call whose arguments do not fit. */
export function badCall(signature: Signature, problem: string): Error {
  return new TypeError(`${signature.name}(): ${problem}\nSignature: ${signature.text}`);
}

/** The error for one argument of the wrong kind. */
export function badArgument(signature: Signature, name: string, expected: string, value: unknown): Error {
  const problem =
    value === undefined
      ? `missing argument '${name}' (${expected}).`
      : `argument '${name}' must be ${expected}, got ${describe(value)}.`;
  return badCall(signature, problem);
}

/** The error for more positional arguments than the function takes. */
export function tooMany(signature: Signature, given: ArrayLike<unknown>): Error {
  const kinds = Array.from(given, describe).join(', ');
  return badCall(signature, `takes fewer positional arguments than the ${given.length} given (${kinds}).`);
}

/** Checks that each key of an options object names a parameter that the positional arguments left free. */
export function checkKeywords(signature: Signature, options: object, given: number): void {
  const keywords = signature.keywords;
  for (const key in options) {
    const position = keywords.get(key);
    if (position === undefined) throw badCall(signature, `unknown keyword '${key}'.`);
    if (position < given) throw badCall(signature, `argument '${key}' was given twice.`);
  }
}
