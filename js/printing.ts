// Printing options: process-wide, as in Python.
import { int, isOptions } from './arguments';
import { within } from './context';
import { native } from './native';
import { ints } from './registers';
import { badArgument, checkKeywords, Signature, tooMany } from './signature';

const SET = new Signature('set_printoptions(precision: int = -1) -> None');
const GET = new Signature('get_printoptions() -> PrintOptions');
const OPTIONS = new Signature('PrintOptions(precision: int = -1)');
const CONTEXT_OF = new Signature('_PrintOptionsContext(options: PrintOptions)');
const CONTEXT = new Signature('printoptions(precision: int = -1)');

const MAX_PRECISION = 1100;

function precisionOf(given: readonly unknown[], signature: Signature): number {
  let [precision] = given;
  let count = given.length;
  if (isOptions(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(signature, options, count);
    if (count < 1) precision = options.precision;
  }
  if (count > 1) throw tooMany(signature, given);
  const digits = precision === undefined ? -1 : int(precision, signature, 'precision');
  // A double has 1074 digits at most; MLX writes as many as asked for to a buffer that it does not check.
  if (digits > MAX_PRECISION) throw badArgument(signature, 'precision', `at most ${MAX_PRECISION}`, digits);
  return digits;
}

/** How arrays are printed. A precision of -1 is the default: six significant digits. */
export class PrintOptions {
  precision: number;
  constructor(...given: unknown[]) {
    this.precision = precisionOf(given, OPTIONS);
  }
}

/** Sets the number of digits after the decimal point; -1 is the default notation. */
export function set_printoptions(...given: unknown[]): void {
  ints[0] = precisionOf(given, SET);
  native.set_printoptions();
}

/** The options in force. */
export function get_printoptions(...given: unknown[]): PrintOptions {
  if (given.length > 0) throw tooMany(GET, given);
  native.get_printoptions();
  return new PrintOptions(ints[0]);
}

/** Sets print options between `__enter__` and `__exit__`. */
export class PrintOptionsContext implements Disposable {
  #previous: PrintOptions | undefined;
  readonly #options: PrintOptions;

  constructor(options: PrintOptions) {
    if (!(options instanceof PrintOptions))
      throw badArgument(CONTEXT_OF, 'options', 'a PrintOptions', options);
    this.#options = options;
  }
  __enter__(): this {
    this.#previous = get_printoptions();
    set_printoptions(this.#options.precision);
    return this;
  }
  __exit__(): void {
    if (this.#previous !== undefined) set_printoptions(this.#previous.precision);
    this.#previous = undefined;
  }
  [Symbol.dispose](): void {
    this.__exit__();
  }
}

/**
 * Print options for a while: during `body` (`mx.printoptions(3, () => String(a))`), or, without one, until the
 * returned context is disposed.
 */
export function printoptions(...given: unknown[]): unknown {
  const body = typeof given[given.length - 1] === 'function' ? (given.pop() as () => unknown) : undefined;
  const context = new PrintOptionsContext(new PrintOptions(precisionOf(given, CONTEXT)));
  if (body !== undefined) return within(context, body);
  context.__enter__();
  return context;
}
