// Keywords: positional arguments and a last options object, bound to a signature's parameters by name.
//
// Generated functions have this written out; the hand-written ones that take no hot path use this. A
// function that also takes dictionaries needs a rule for what its last argument is: it is options only if
// every key is a keyword that is still free, every required parameter is bound then, and dictionaries are
// given for dictionaries.
//
//   save_safetensors('x', { arrays: { w } })   options        save_safetensors('x', { w })   a dictionary
import { isOptions } from './arguments';
import { badCall, checkKeywords, type Signature, tooMany } from './signature';

/** A dictionary: a plain object or a Map. */
export type Dictionary<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;

export function isDictionary(value: unknown): value is Dictionary<unknown> {
  return isOptions(value) || value instanceof Map;
}

/** Keys and values of a dictionary. */
export function entriesOf<T>(dictionary: Dictionary<T>): [string, T][] {
  return dictionary instanceof Map ? [...dictionary] : Object.entries(dictionary as Record<string, T>);
}

/** Parameters that matter for telling options from a dictionary. */
export interface DictionaryRule {
  /** Parameters that take a dictionary. */
  dictionaries: readonly string[];
  /** Parameters without a default. */
  required: readonly string[];
}

/** The arguments by name; those not given are undefined. Positional-only ones are left to the caller. */
export function bindArguments(
  signature: Signature,
  args: readonly unknown[],
  rule?: DictionaryRule,
): Record<string, any> {
  const { keywords } = signature;
  const last = args.at(-1);
  let given = args.length;
  let options: Record<string, unknown> = {};
  const position = given - 1;
  if (
    isOptions(last) &&
    (!takesDictionary(signature, position, rule) || namesParameters(signature, last, position, rule!))
  ) {
    given = position;
    options = last;
    checkKeywords(signature, options, given);
  }
  const positions = [...keywords.values()].filter(Number.isFinite);
  if (given > Math.max(-1, ...positions) + 1) throw tooMany(signature, args);
  return Object.fromEntries(
    Array.from(keywords, ([name, at]) => [name, at < given ? args[at] : options[name]]),
  );
}

/** Checks the number of arguments of a function without keywords. */
export function checkCount(signature: Signature, args: ArrayLike<unknown>, count: number): void {
  if (args.length > count) throw tooMany(signature, args);
  if (args.length < count) throw badCall(signature, `takes ${count} arguments, ${args.length} given.`);
}

/** Whether the parameter at a position takes a dictionary. */
function takesDictionary(
  { keywords }: Signature,
  position: number,
  rule: DictionaryRule | undefined,
): boolean {
  return rule?.dictionaries.some((name) => keywords.get(name) === position) ?? false;
}

function namesParameters(
  { keywords }: Signature,
  options: Record<string, unknown>,
  given: number,
  rule: DictionaryRule,
): boolean {
  const keys = Object.keys(options);
  return (
    keys.length > 0 &&
    keys.every((key) => (keywords.get(key) ?? -1) >= given) &&
    rule.required.every((name) => keywords.get(name)! < given || keys.includes(name)) &&
    rule.dictionaries.every(
      (name) => options[name] === undefined || options[name] === null || isDictionary(options[name]),
    )
  );
}
