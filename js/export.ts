// Export: functions as files that any MLX can run, and graphs as text: export_function, exporter,
// import_function, export_to_dot.
//
//   mx.export_function('f.mlxfn', (x, { y }) => x.add(y), x, { y });
//   const f = mx.import_function('f.mlxfn');
//   const [out] = f(x, { y });
//
// Keyword arrays are a last plain object, as everywhere. Where a function has options of its own (`shapeless`,
// `metadata`), they stand in the same object.
import { fileURLToPath } from 'node:url';
import { bool, isOptions, maybeString } from './arguments';
import { dtypes } from './dtype';
import { RuntimeError, TypeError, ValueError } from './errors';
import { descriptorOf, type Write, type WriteTarget, writeFile, writeTo } from './formats/sink';
import { adopt, adoptAll, isArray, isArrayList, newArray, type Wrapper } from './handle';
import { type Dictionary, entriesOf, isDictionary } from './keywords';
import { native } from './native';
import { ints } from './registers';
import { badArgument, badCall, describe, Signature, tooMany } from './signature';
import { type AnyFunction, traced } from './trace';
import { flattenTree, handleList, type Tree } from './tree';

const OPTIONS = '*, shapeless: bool = False, metadata: str | None = None';
const EXPORT_FUNCTION = new Signature(
  'export_function(file_or_callback: str | Callable, fun: Callable, *args, shapeless: bool = False, ' +
    'metadata: str | None = None, **kwargs) -> None',
);
const EXPORTER = new Signature(`exporter(file: str, fun: Callable, ${OPTIONS}) -> FunctionExporter`);
const IMPORT_FUNCTION = new Signature(
  'import_function(file: str, return_metadata: bool = False) -> Callable | tuple[Callable, str]',
);
const EXPORT_TO_DOT = new Signature('export_to_dot(file: str | object, *args, **kwargs) -> None');

/** Names of the keyword options; every other keyword is an array's name. */
const OPTION_NAMES = ['shapeless', 'metadata'];

/** What `export_function` and `exporter` are told besides the function. */
export interface ExportOptions {
  /** Whether the function takes inputs of other shapes than those that it is exported with. */
  shapeless?: boolean;
  /** A text that is saved with the function. */
  metadata?: string | null;
}

/** An imported function: arrays and a last object of named ones, or a list and such an object. */
export type ImportedFunction = (...args: (Wrapper | readonly Wrapper[] | Dictionary<Wrapper>)[]) => Wrapper[];

/** Name, shape and dtype of an array in a graph that is exported to a callback. */
export type ExportedArray = [name: string, shape: number[], dtype: (typeof dtypes)[number]];

/** One step of an export to a callback; which fields there are depends on `type`. */
export interface ExportStep {
  type: 'inputs' | 'keyword_inputs' | 'outputs' | 'constants' | 'primitive';
  inputs?: ExportedArray[];
  outputs?: ExportedArray[];
  keywords?: [keyword: string, name: string][];
  constants?: [name: string, value: Wrapper][];
  /** Of a primitive. */
  name?: string;
  arguments?: unknown[];
}

// ---- arguments

/** Arrays of a call: positional ones, then the named ones. */
interface Inputs {
  arrays: Wrapper[];
  names: string[];
}

/** Takes arrays from positional arguments and keywords, or from a list and a dictionary. */
function inputsOf(args: readonly unknown[], keywords: Dictionary<unknown>, prefix: string): Inputs {
  const named = entriesOf(keywords);
  const [first, second] = args;
  let positional: unknown = args;
  let dictionary = named;
  if (args.length > 0 && !isArray(first)) {
    // A plain object comes last, where it cannot be told from keywords: so a list may come with those.
    const hasList = Array.isArray(first);
    positional = hasList ? first : [];
    if (!hasList && args.length === 1 && isDictionary(first) && named.length === 0)
      dictionary = entriesOf(first);
    else if (hasList && args.length === 2 && isDictionary(second) && named.length === 0)
      dictionary = entriesOf(second);
    else if (!hasList || args.length > 1) positional = undefined;
  }
  const isValid =
    isArrayList(positional) &&
    dictionary.every(([name, value]) => typeof name === 'string' && isArray(value));
  if (!isValid) {
    throw new ValueError(
      `${prefix} Inputs can either be a variable number of positional and keyword arrays or a single list and/or ` +
        'dictionary of arrays.',
    );
  }
  const values = dictionary as [string, Wrapper][];
  return {
    arrays: [...(positional as Wrapper[]), ...values.map(([, value]) => value)],
    names: values.map(([name]) => name),
  };
}

/** Takes the arrays of a call that has no options of its own. */
function callInputs(given: readonly unknown[], prefix: string): Inputs {
  const last = given.at(-1);
  return isOptions(last) ? inputsOf(given.slice(0, -1), last, prefix) : inputsOf(given, {}, prefix);
}

/** Splits a last options object off the arguments, and the options in it from the keywords. */
function takeOptions(
  given: readonly unknown[],
): [args: unknown[], options: ExportOptions, keywords: Record<string, unknown>] {
  const last = given.at(-1);
  if (!isOptions(last)) return [[...given], {}, {}];
  const entries = Object.entries(last);
  const isOption = ([name]: [string, unknown]) => OPTION_NAMES.includes(name);
  return [
    given.slice(0, -1),
    Object.fromEntries(entries.filter(isOption)),
    Object.fromEntries(entries.filter((entry) => !isOption(entry))),
  ];
}

function readOptions(options: ExportOptions, signature: Signature): { shapeless: boolean; metadata: string } {
  const { shapeless = false, metadata } = options;
  return {
    shapeless: bool(shapeless, signature, 'shapeless') === 1,
    metadata: maybeString(metadata, signature, 'metadata') ?? '',
  };
}

function pathOf(file: unknown, signature: Signature): string {
  const path = file instanceof URL && file.protocol === 'file:' ? fileURLToPath(file) : file;
  if (typeof path !== 'string') throw badArgument(signature, 'file', 'a path or a file: URL', file);
  if (path.includes('\0')) throw new ValueError(`${signature.name}(): the path holds a null character.`);
  return path;
}

function functionOf(value: unknown, signature: Signature): AnyFunction {
  if (typeof value === 'function') return value as AnyFunction;
  throw badArgument(signature, 'fun', 'a function', value);
}

// ---- exporting

/** What native code calls to trace `fun` with inputs of these names. */
function tracedFunction(fun: AnyFunction, { arrays, names }: Inputs): AnyFunction {
  const positional = arrays.length - names.length;
  return traced((tracers) => {
    const args: unknown[] = tracers.slice(0, positional);
    if (names.length > 0)
      args.push(Object.fromEntries(names.map((name, i) => [name, tracers[positional + i]])));
    const result = fun(...args);
    if (isArray(result)) return [result];
    if (isArrayList(result)) return result;
    throw new ValueError('[export_function] Outputs can be either a single array or a list of arrays.');
  });
}

/**
 * Exports a function as it is traced with the given arrays: to a file, or step by step to a callback.
 *
 * @param file_or_callback the path of the file, or what takes the steps.
 * @param fun a function of arrays and a last object of named ones; it returns an array or a list of them.
 * @param args example inputs: arrays, and a last object that holds the named ones and the options; or a list of
 *   arrays and such an object.
 */
export function export_function(
  file_or_callback: string | URL | ((step: ExportStep) => void),
  fun: AnyFunction,
  ...args: (Wrapper | readonly Wrapper[] | Dictionary<Wrapper> | Record<string, unknown>)[]
): void;
export function export_function(options: {
  file_or_callback: string | URL | ((step: ExportStep) => void);
  fun: AnyFunction;
  [keyword: string]: unknown;
}): void;
export function export_function(...given: unknown[]): void {
  const [args, options, keywords] = takeOptions(given);
  const target = args.length > 0 ? args[0] : keywords.file_or_callback;
  const fun = functionOf(args.length > 1 ? args[1] : keywords.fun, EXPORT_FUNCTION);
  if (args.length < 2) delete keywords.fun;
  if (args.length < 1) delete keywords.file_or_callback;
  const { shapeless, metadata } = readOptions(options, EXPORT_FUNCTION);
  const inputs = inputsOf(args.slice(2), keywords, '[export_function]');
  const body = tracedFunction(fun, inputs);
  const isCallback = typeof target === 'function';
  if (!isCallback && typeof target !== 'string' && !(target instanceof URL)) {
    throw new RuntimeError(
      badArgument(EXPORT_FUNCTION, 'file_or_callback', 'a path or a function', target ?? null).message,
    );
  }
  if (isCallback && metadata !== '') {
    throw new ValueError(
      '[export_function] The metadata argument is only supported when exporting to a file, not when using a callback.',
    );
  }
  const path = isCallback ? '' : pathOf(target, EXPORT_FUNCTION);
  const position = handleList(inputs.arrays);
  ints[0] = position;
  ints[2] = shapeless ? 1 : 0;
  if (isCallback) {
    native.export_to_callback(undefined, body, (step: object) => target(described(step)), inputs.names);
  } else {
    native.export_to_file(undefined, body, path, inputs.names, metadata);
  }
}

/** Makes arrays and dtypes of what native code describes as { handle } and { dtype }. */
function described(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(described);
  if (typeof value !== 'object' || value === null) return value;
  const { handle, dtype } = value as { handle?: number; dtype?: number };
  if (dtype !== undefined) return dtypes[dtype];
  if (handle !== undefined) {
    const out = newArray();
    native.attach(out, handle);
    ints[0] = handle;
    return adopt(out);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, described(part)]));
}

/** What an exporter holds: native code's half, and the function. */
interface Held {
  half: unknown;
  fun: AnyFunction;
}

const exporters = new WeakMap<object, Held>();

function held(exporter: object): Held {
  const found = exporters.get(exporter);
  if (found === undefined) throw new TypeError(`An exporter is needed, got ${describe(exporter)}.`);
  return found;
}

/**
 * Exports several traces of a function to one file: call it once for each set of example inputs, then close it.
 * It is closed at the end of its scope too (`using`), and made by `mx.exporter`.
 */
export class FunctionExporter implements Disposable {
  constructor() {
    throw new TypeError('A FunctionExporter is made by mx.exporter(file, fun).');
  }
  /** Traces the function with these arrays, the named ones in a last object. */
  __call__(...given: unknown[]): void {
    const { half, fun } = held(this);
    const inputs = callInputs(given, '[export_function]');
    ints[0] = handleList(inputs.arrays);
    native.call_exporter(undefined, tracedFunction(fun, inputs), half, inputs.names);
  }
  /** Finishes the file. */
  close(): void {
    native.close_exporter(held(this).half);
  }
  __enter__(): this {
    return this;
  }
  __exit__(): void {
    this.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}
// An exporter is a function.
Object.setPrototypeOf(FunctionExporter.prototype, Function.prototype);

/** What `exporter` returns: it is called with example inputs. */
export type Exporter = FunctionExporter & ((...args: unknown[]) => void);

/**
 * Makes an exporter. With a `body`, it is passed to it and closed afterwards:
 *
 *     mx.exporter('f.mlxfn', fun, (trace) => {
 *       trace(x);
 *       trace(x, y);
 *     });
 */
export function exporter(file: string | URL, fun: AnyFunction, options?: ExportOptions): Exporter;
export function exporter<T>(
  file: string | URL,
  fun: AnyFunction,
  options: ExportOptions,
  body: (trace: Exporter) => T,
): T;
export function exporter<T>(file: string | URL, fun: AnyFunction, body: (trace: Exporter) => T): T;
export function exporter(...given: unknown[]): unknown {
  const rest = [...given];
  const body =
    given.length > 2 && typeof given.at(-1) === 'function' ? (rest.pop() as AnyFunction) : undefined;
  const [args, options, keywords] = takeOptions(rest);
  const { file = args[0], fun = args[1], ...unknown } = keywords;
  for (const name of Object.keys(unknown)) throw badCall(EXPORTER, `unknown keyword '${name}'.`);
  if (args.length > 2) throw tooMany(EXPORTER, args);
  const path = pathOf(file, EXPORTER);
  const exported = functionOf(fun, EXPORTER);
  const { shapeless, metadata } = readOptions(options, EXPORTER);
  ints[0] = shapeless ? 1 : 0;
  const half = native.make_exporter(undefined, path, metadata);
  const made = (...inputs: unknown[]) =>
    FunctionExporter.prototype.__call__.apply(made as unknown as FunctionExporter, inputs);
  Object.setPrototypeOf(made, FunctionExporter.prototype);
  exporters.set(made, { half, fun: exported });
  return body === undefined ? made : within(made as unknown as FunctionExporter, body);
}

/** Runs a body with an exporter, and closes that at its end, also where it fails or is asynchronous. */
function within(open: FunctionExporter, body: AnyFunction): unknown {
  let result: unknown;
  try {
    result = body(open);
  } catch (error) {
    open.close();
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => open.close());
  open.close();
  return result;
}

// ---- importing

/**
 * Imports a function that was exported to a file, here or in another language. It takes arrays like the original,
 * and returns a list of arrays. The file is read on, for its constants, while the function lives.
 *
 * @param return_metadata whether to return the text that was saved with the function as well.
 */
export function import_function(
  file: string | URL,
  return_metadata?: false | { return_metadata?: false },
): ImportedFunction;
export function import_function(
  file: string | URL,
  return_metadata: true | { return_metadata: true },
): [ImportedFunction, string];
export function import_function(...given: unknown[]): ImportedFunction | [ImportedFunction, string] {
  const last = given.at(-1);
  const options: Record<string, unknown> = isOptions(last) ? last : {};
  const args = isOptions(last) ? given.slice(0, -1) : given;
  const { file = args[0], return_metadata = args[1], ...unknown } = options;
  for (const name of Object.keys(unknown)) throw badCall(IMPORT_FUNCTION, `unknown keyword '${name}'.`);
  if (args.length > 2) throw tooMany(IMPORT_FUNCTION, args);
  const path = pathOf(file, IMPORT_FUNCTION);
  const wantsMetadata =
    return_metadata === undefined ? 0 : bool(return_metadata, IMPORT_FUNCTION, 'return_metadata');
  const [half, metadata] = native.import_file(undefined, path) as [unknown, string];
  const imported: ImportedFunction = (...inputs: unknown[]) => {
    const { arrays, names } = callInputs(inputs, '[import_function::call]');
    ints[0] = handleList(arrays);
    native.call_imported(undefined, undefined, half, names);
    return adoptAll();
  };
  return wantsMetadata === 1 ? [imported, metadata] : imported;
}

// ---- graphs as text

/**
 * Writes the graph behind arrays in the DOT language.
 *
 * @param file a path, an open file, or an object with `write`, which gets the text.
 * @param args the arrays, or trees of them; a last object names arrays of the graph.
 */
export function export_to_dot(
  file: string | URL | number | WriteTarget | { fd: number },
  ...args: Tree[]
): void {
  if (file === undefined) throw badArgument(EXPORT_TO_DOT, 'file', 'a path or an object with write()', file);
  const last = args.at(-1);
  const named = isOptions(last) ? entriesOf(last as Dictionary<unknown>) : [];
  const outputs = flattenTree(isOptions(last) ? args.slice(0, -1) : args, true);
  const keywordOutputs = flattenTree(
    named.map(([, value]) => value),
    true,
  );
  if (!named.every(([, value]) => isArray(value))) {
    throw new RuntimeError(badCall(EXPORT_TO_DOT, 'a name must belong to one array.').message);
  }
  const isPath = typeof file === 'string' || file instanceof URL;
  const target = isPath ? undefined : textWriter(file);
  ints[0] = handleList([...outputs, ...keywordOutputs]);
  const text: string = native.graph_to_dot(
    undefined,
    named.map(([name]) => name),
  );
  if (target !== undefined) target(text);
  else saveText(pathOf(file, EXPORT_TO_DOT), text);
}

/** Objects get the text itself, as in Python; open files its bytes. */
function textWriter(file: unknown): (text: string) => void {
  if (typeof (file as any)?.write === 'function' && descriptorOf(file) === undefined) {
    return (text) => void (file as { write(text: string): unknown }).write(text);
  }
  const write = writeTo(file, EXPORT_TO_DOT.name);
  if (write !== undefined) return (text) => write(Buffer.from(text));
  throw new ValueError(
    `[export_to_dot] Accepts objects with write(), open files, or paths, got ${describe(file)}.`,
  );
}

function saveText(path: string, text: string): void {
  try {
    writeFile(path, (write: Write) => write(Buffer.from(text)));
  } catch (error) {
    throw new RuntimeError(`[export_to_dot] Failed to write ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
