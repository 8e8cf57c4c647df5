// Keyword arguments of compiled functions: a last options object, told apart from a positional dict by rule.
//
// It is options if it is a plain object that is not empty, every key names a parameter that is still free (or the
// function takes **keywords), and every required parameter is bound then. Anything else is an ordinary argument.
//
//   const LINEAR = py.signature('Linear(input_dims: int, output_dims: int, bias: bool = True)');
//   const named = py.keywords(LINEAR, arguments);      undefined where there are none
import { TypeError } from '../errors';

type Kind = 'positional-only' | 'positional' | 'rest' | 'keyword-only' | 'keywords';

interface Parameter {
  name: string;
  kind: Kind;
  required: boolean;
  /** Whether the annotation leaves room for a dict. */
  mayBeDict: boolean;
}

const { getPrototypeOf } = Object;
const ObjectPrototype = Object.prototype;

/** A plain object: what a dict display or options are. */
export function isPlainObject(value: unknown): value is Record<string, any> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = getPrototypeOf(value);
  return prototype === ObjectPrototype || prototype === null;
}

/** Words of annotations that no dict fits. */
const NO_DICT = new Set(
  'int float bool str None mx array Dtype Optional Union List list Tuple tuple Literal'.split(' '),
);

function allowsDict(annotation: string | undefined): boolean {
  return (
    annotation === undefined || (annotation.match(/[A-Za-z_]\w*/g) ?? []).some((word) => !NO_DICT.has(word))
  );
}

/** Splits at the commas that stand in no bracket and no string. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const c of text) {
    if (quote) {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"') {
      quote = c;
    } else if ('([{'.includes(c)) {
      depth++;
    } else if (')]}'.includes(c)) {
      depth--;
    } else if (c === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
      continue;
    }
    part += c;
  }
  if (part.trim()) parts.push(part.trim());
  return parts;
}

function parseParameters(text: string): Parameter[] {
  const parts = splitParameters(text);
  const slash = parts.indexOf('/');
  const found: Parameter[] = [];
  let keywordOnly = false;
  parts.forEach((part, index) => {
    if (part === '/') return;
    if (part === '*') {
      keywordOnly = true;
      return;
    }
    const [, stars, name, annotation] = /^(\**)(\w+)(?:\s*:\s*(.*?))?(?:\s*=.*)?$/s.exec(part)!;
    const required = stars === '' && !/=/.test(part.replace(/^[^=]*?\[.*?\]/, ''));
    let kind: Kind = index < slash ? 'positional-only' : 'positional';
    if (stars === '*') kind = 'rest';
    else if (stars === '**') kind = 'keywords';
    else if (keywordOnly) kind = 'keyword-only';
    if (kind === 'rest') keywordOnly = true;
    found.push({
      name: name!,
      kind,
      required,
      mayBeDict: allowsDict(annotation),
    });
  });
  return found;
}

/** What a compiled function declares. Parsed when it is first called. */
export class PythonSignature {
  readonly text: string;
  readonly name: string;
  #parsed = false;
  #positional: Parameter[] = [];
  #index = new Map<string, number>();
  #keywordOnly: Parameter[] = [];
  #rest: string | undefined;
  #keywords: string | undefined;
  #fewest = 0;
  #most = 0;

  constructor(text: string) {
    this.text = text;
    this.name = text.slice(0, text.indexOf('('));
  }

  #parse(): void {
    this.#parsed = true;
    const parameters = parseParameters(this.text.slice(this.text.indexOf('(') + 1, -1));
    for (const parameter of parameters) {
      const { name, kind } = parameter;
      if (kind === 'rest') this.#rest = name;
      else if (kind === 'keywords') this.#keywords = name;
      else if (kind === 'keyword-only') this.#keywordOnly.push(parameter);
      else this.#positional.push(parameter);
    }
    this.#positional.forEach(({ name, kind }, i) => {
      if (kind !== 'positional-only') this.#index.set(name, i);
    });
    for (const { name } of this.#keywordOnly) this.#index.set(name, Number.POSITIVE_INFINITY);
    this.#fewest = this.#positional.filter((parameter) => parameter.required).length;
    this.#most = this.#rest === undefined ? this.#positional.length : Number.POSITIVE_INFINITY;
  }

  /** Parameters by name, without the starred ones. */
  get parameters(): string[] {
    if (!this.#parsed) this.#parse();
    return [...this.#positional, ...this.#keywordOnly].map((parameter) => parameter.name);
  }

  /** The arguments by name, where the last one is options. Throws a TypeError where the call fits in no way. */
  bind(args: ArrayLike<unknown>): Record<string, any> | undefined {
    if (!this.#parsed) this.#parse();
    const count = args.length;
    const last = count > 0 ? args[count - 1] : undefined;
    if (isPlainObject(last)) {
      const found = this.#named(args, last);
      if (found !== undefined) return found;
    }
    if (
      count < this.#fewest ||
      count > this.#most ||
      this.#keywordOnly.some((parameter) => parameter.required)
    ) {
      this.#refuse(args);
    }
    return undefined;
  }

  #named(args: ArrayLike<unknown>, options: Record<string, unknown>): Record<string, any> | undefined {
    const keys = Object.keys(options);
    const given = args.length - 1;
    if (keys.length === 0) return undefined;
    for (const key of keys) {
      const position = this.#index.get(key);
      if (position === undefined ? this.#keywords === undefined : position < given) {
        const parameter = this.#positional[given];
        if (parameter !== undefined ? !parameter.mayBeDict : this.#rest === undefined) this.#refuse(args);
        return undefined;
      }
    }
    if (given > this.#most) this.#refuse(args);
    for (const [i, { name, required }] of this.#positional.entries()) {
      if (required && i >= given && !(name in options)) return undefined;
    }
    const bound: Record<string, any> = {};
    this.#positional.forEach(({ name }, i) => {
      bound[name] = i < given ? args[i] : options[name];
    });
    if (this.#rest !== undefined)
      bound[this.#rest] = Array.prototype.slice.call(args, this.#positional.length, given);
    for (const { name, required } of this.#keywordOnly) {
      if (required && !(name in options)) this.#refuse(args);
      bound[name] = options[name];
    }
    if (this.#keywords !== undefined) {
      bound[this.#keywords] = Object.fromEntries(
        Object.entries(options).filter(([key]) => !this.#index.has(key)),
      );
    }
    return bound;
  }

  #refuse(args: ArrayLike<unknown>): never {
    throw new TypeError(`${this.#problem(args)}\nSignature: ${this.text}`);
  }

  #problem(args: ArrayLike<unknown>): string {
    const call = `${this.name}()`;
    const last = args[args.length - 1];
    const options = isPlainObject(last) && Object.keys(last).length > 0 ? last : undefined;
    const given = options === undefined ? args.length : args.length - 1;
    for (const key of Object.keys(options ?? {})) {
      const position = this.#index.get(key);
      if (position === undefined && this.#keywords === undefined)
        return `${call} got an unexpected keyword argument '${key}'`;
      if (position !== undefined && position < given)
        return `${call} got multiple values for argument '${key}'`;
    }
    if (given > this.#most) return `${call} takes ${this.#most} positional arguments but ${given} were given`;
    const missing = [...this.#positional.slice(given), ...this.#keywordOnly]
      .filter(({ name, required }) => required && !(options !== undefined && name in options))
      .map(({ name }) => `'${name}'`);
    const noun = missing.length === 1 ? 'argument' : 'arguments';
    return `${call} missing ${missing.length} required ${noun}: ${missing.join(', ')}`;
  }
}

/** A function's signature, as Python writes it. */
export function signature(text: string): PythonSignature {
  return new PythonSignature(text);
}

/** The arguments by name where the last one is options; undefined where all are positional. */
export function keywords(of: PythonSignature, args: ArrayLike<unknown>): Record<string, any> | undefined {
  return of.bind(args);
}

/** `**dict` in a call: options, unless there are none. */
export function kwargs(dict: any): [] | [Record<string, unknown>] {
  const options = dict instanceof Map ? Object.fromEntries(dict) : { ...dict };
  return Object.keys(options).length === 0 ? [] : [options];
}
