// Custom kernels: mx.fast.metal_kernel, cuda_kernel and precompiled_cuda_kernel.
//
// A kernel is made of source text and returned as a function that takes its arguments by name:
//   const kernel = mx.fast.cuda_kernel('double', ['x'], ['y'], source);
//   const [y] = kernel({ inputs: [x], output_shapes: [x.shape], output_dtypes: [x.dtype],
//     grid: [x.size, 1, 1], threadgroup: [256, 1, 1], template: { T: x.dtype } });
//
// The checks beyond Python's are those without which a GPU's driver or MLX would crash.
import { types } from 'node:util';
import { arrayList, bool, int, maybeReal, readItems, shapeList, string } from './arguments';
import { putStream, type StreamOrDevice, streamOrDevice } from './device';
import { type Dtype, isDtype } from './dtype';
import { RuntimeError, ValueError } from './errors';
import { adoptAll, isArray, type Wrapper } from './handle';
import { fromHost, liveHandle } from './host_data';
import { bindArguments, type Dictionary, type DictionaryRule, entriesOf, isDictionary } from './keywords';
import { native } from './native';
import { Float, isInteger, type Scalar } from './numbers';
import { doubles, ints, list, reserveList } from './registers';
import { badArgument, describe, Signature } from './signature';

const METAL_KERNEL = new Signature(
  'metal_kernel(name: str, input_names: Sequence[str], output_names: Sequence[str], source: str, ' +
    "header: str = '', ensure_row_contiguous: bool = True, atomic_outputs: bool = False, " +
    'compile_options: object | None = None) -> object',
);
const CUDA_KERNEL = new Signature(
  'cuda_kernel(name: str, input_names: Sequence[str], output_names: Sequence[str], source: str, ' +
    "header: str = '', ensure_row_contiguous: bool = True, shared_memory: int = 0) -> object",
);
const LAUNCH =
  'inputs: list[scalar | array], output_shapes: list[Sequence[int]], output_dtypes: list[Dtype], ' +
  'grid: tuple[int, int, int], threadgroup: tuple[int, int, int]';
const CALL =
  `__call__(*, ${LAUNCH}, template: list[tuple[str, bool | int | Dtype]] | None = None, ` +
  'init_value: float | None = None, verbose: bool = False, stream: StreamOrDevice = None) -> list[array]';
const METAL_CALL = new Signature(`metal_kernel.${CALL}`);
const CUDA_CALL = new Signature(`cuda_kernel.${CALL}`);
const PRECOMPILED = new Signature(
  'precompiled_cuda_kernel(*, name: str, compiled_source: bytes, inputs: list[scalar | array], ' +
    'output_shapes: list[Sequence[int]], output_dtypes: list[Dtype], scalars: list[bool | int | float], ' +
    'grid: tuple[int, int, int], threadgroup: tuple[int, int, int], shared_memory: int = 0, ' +
    'init_value: float | None = None, ensure_row_contiguous: bool = False, stream: StreamOrDevice = None) ' +
    '-> list[array]',
);

/** A template argument's value. */
export type TemplateValue = boolean | number | bigint | Dtype;

/** What every launch of a kernel says. */
export interface Launch {
  /** The kernel's inputs, in the order of `input_names`. */
  inputs: readonly (Wrapper | Scalar | ArrayBufferView)[];
  /** One shape for each output. */
  output_shapes: readonly (readonly number[])[];
  /** One dtype for each output. */
  output_dtypes: readonly Dtype[];
  /** Number of threads (not of groups) in each dimension. */
  grid: readonly number[];
  /** Number of threads of a group in each dimension. */
  threadgroup: readonly number[];
  /** What outputs are filled with before; they are uninitialised without. */
  init_value?: number | Float | null;
  stream?: StreamOrDevice;
}

/** Arguments of a kernel made from source. */
export interface KernelCall extends Launch {
  /** Template arguments: pairs, or a dictionary. */
  template?: readonly (readonly [string, TemplateValue])[] | Dictionary<TemplateValue> | null;
  /** Prints the generated source. */
  verbose?: boolean;
}

/** Arguments of `precompiled_cuda_kernel`. */
export interface PrecompiledCall extends Launch {
  /** Name of the kernel in the module. */
  name: string;
  /** The module: PTX or cubin. */
  compiled_source: ArrayBufferView | ArrayBufferLike;
  /** What the kernel takes behind its arrays. */
  scalars: readonly (boolean | number | bigint | Float)[];
  /** Bytes of dynamic shared memory. */
  shared_memory?: number;
  ensure_row_contiguous?: boolean;
}

/** A kernel made from source. */
export type KernelFunction = (call: KernelCall) => Wrapper[];

const RULE: DictionaryRule = {
  dictionaries: ['compile_options'],
  required: ['name', 'input_names', 'output_names', 'source'],
};

/** Metal's math modes; equal to `MathMode` of MLX. */
const MATH_MODES: Record<string, number> = { safe: 0, relaxed: 1, fast: 2 };

/** Kinds of arguments; equal to `ArgumentKind` in native/kernels.cpp. */
const KIND = { boolean: 0, integer: 1, real: 2, dtype: 3 } as const;

/** Keywords of both functions that make a kernel from source. */
export interface KernelOptions {
  /** Source before the function: helpers, includes. */
  header?: string;
  /** Whether inputs are made row contiguous before the kernel runs (the default). */
  ensure_row_contiguous?: boolean;
}

/** Keywords of `metal_kernel`. */
export interface MetalKernelOptions extends KernelOptions {
  /** Whether the outputs are declared atomic. */
  atomic_outputs?: boolean;
  compile_options?: { math_mode?: 'safe' | 'relaxed' | 'fast' } | null;
}

/** Keywords of `cuda_kernel`. */
export interface CudaKernelOptions extends KernelOptions {
  /** Bytes of dynamic shared memory. */
  shared_memory?: number;
}

/** A kernel's name, the names of its arguments and its source, by name. */
export interface KernelSource {
  name: string;
  input_names: readonly string[];
  output_names: readonly string[];
  source: string;
}

/** Makes a kernel from Metal source: the body of a function whose parameters are generated. */
export function metal_kernel(
  name: string,
  input_names: readonly string[],
  output_names: readonly string[],
  source: string,
  options?: MetalKernelOptions,
): KernelFunction;
export function metal_kernel(
  name: string,
  input_names: readonly string[],
  output_names: readonly string[],
  source: string,
  header?: string,
  ensure_row_contiguous?: boolean,
  atomic_outputs?: boolean,
  compile_options?: MetalKernelOptions['compile_options'] | Pick<MetalKernelOptions, 'compile_options'>,
): KernelFunction;
export function metal_kernel(options: KernelSource & MetalKernelOptions): KernelFunction;
export function metal_kernel(...args: unknown[]): KernelFunction {
  const given = bindArguments(METAL_KERNEL, args, RULE);
  const source = sourceOf(given, METAL_KERNEL);
  const contiguous = optionalBool(given.ensure_row_contiguous, true, METAL_KERNEL, 'ensure_row_contiguous');
  const atomic = optionalBool(given.atomic_outputs, false, METAL_KERNEL, 'atomic_outputs');
  ints[4] = mathMode(given.compile_options);
  ints[0] = contiguous;
  ints[2] = atomic;
  return callable(native.metal_kernel(...source), METAL_CALL, source[0]);
}

/** Makes a kernel from CUDA source: the body of a function whose parameters are generated. */
export function cuda_kernel(
  name: string,
  input_names: readonly string[],
  output_names: readonly string[],
  source: string,
  options?: CudaKernelOptions,
): KernelFunction;
export function cuda_kernel(
  name: string,
  input_names: readonly string[],
  output_names: readonly string[],
  source: string,
  header?: string,
  ensure_row_contiguous?: boolean,
  shared_memory?: number,
): KernelFunction;
export function cuda_kernel(options: KernelSource & CudaKernelOptions): KernelFunction;
export function cuda_kernel(...args: unknown[]): KernelFunction {
  const given = bindArguments(CUDA_KERNEL, args);
  const source = sourceOf(given, CUDA_KERNEL);
  const contiguous = optionalBool(given.ensure_row_contiguous, true, CUDA_KERNEL, 'ensure_row_contiguous');
  const memory = sharedMemory(given.shared_memory, CUDA_KERNEL);
  ints[0] = contiguous;
  ints[2] = memory;
  return callable(native.cuda_kernel(...source), CUDA_CALL, source[0]);
}

type Source = [name: string, inputs: string[], outputs: string[], source: string, header: string];

function sourceOf(given: Record<string, any>, signature: Signature): Source {
  return [
    string(given.name, signature, 'name'),
    strings(given.input_names, signature, 'input_names'),
    strings(given.output_names, signature, 'output_names'),
    string(given.source, signature, 'source'),
    given.header === undefined ? '' : string(given.header, signature, 'header'),
  ];
}

function strings(value: unknown, signature: Signature, name: string): string[] {
  const bad = () => badArgument(signature, name, 'a list of strings', value);
  if (!Array.isArray(value)) throw bad();
  return readItems(value, signature, name, (item) => {
    if (typeof item !== 'string') throw bad();
    return item;
  });
}

function optionalBool(value: unknown, byDefault: boolean, signature: Signature, name: string): number {
  return bool(value === undefined ? byDefault : value, signature, name);
}

function sharedMemory(value: unknown, signature: Signature): number {
  const bytes = value === undefined ? 0 : int(value, signature, 'shared_memory');
  if (bytes < 0) throw new ValueError(`${signature.name}(): shared_memory must not be negative.`);
  return bytes;
}

function mathMode(options: unknown): number {
  if (options === undefined || options === null) return MATH_MODES.safe!;
  if (!isDictionary(options)) throw new ValueError('metal_kernel(): compile_options must be a dictionary.');
  let mode = MATH_MODES.safe!;
  for (const [key, value] of entriesOf(options)) {
    if (key !== 'math_mode') throw new ValueError(`metal_kernel(): unknown compile option '${key}'.`);
    if (typeof value !== 'string') {
      throw new RuntimeError(`metal_kernel(): math_mode must be a string, got ${describe(value)}.`);
    }
    if (!Object.hasOwn(MATH_MODES, value)) {
      throw new ValueError(`metal_kernel(): math_mode must be 'safe', 'relaxed' or 'fast', got '${value}'.`);
    }
    mode = MATH_MODES[value]!;
  }
  return mode;
}

/** The function that runs a kernel. It keeps the native one alive. */
function callable(kernel: unknown, signature: Signature, name: string): KernelFunction {
  const run = (...args: unknown[]) => callKernel(kernel, signature, args);
  Object.defineProperty(run, 'name', { value: name });
  return run;
}

function callKernel(kernel: unknown, signature: Signature, args: readonly unknown[]): Wrapper[] {
  const given = bindArguments(signature, args);
  const launch = launchOf(given, signature);
  const template = templateOf(given.template, signature);
  const verbose = optionalBool(given.verbose, false, signature, 'verbose');
  putLaunch(launch);
  ints[10] = flatList(template.flatMap(([, kind, value]) => [kind, value]));
  ints[14] = verbose;
  native.call_kernel(
    kernel,
    template.map(([name]) => name),
  );
  return adoptAll();
}

/** A launch whose every argument was checked. */
interface CheckedLaunch {
  inputs: Wrapper[];
  /** For each shape its length and its dimensions. */
  shapes: number[];
  /** For each dtype its code and its size. */
  dtypes: number[];
  grid: number[];
  threadgroup: number[];
  initValue: number | undefined;
  stream: StreamOrDevice | undefined;
  signature: Signature;
}

function launchOf(given: Record<string, any>, signature: Signature): CheckedLaunch {
  return {
    inputs: inputsOf(given.inputs, signature),
    shapes: shapesOf(given.output_shapes, signature),
    dtypes: dtypesOf(given.output_dtypes, signature),
    grid: extentsOf(given.grid, signature, 'grid'),
    threadgroup: extentsOf(given.threadgroup, signature, 'threadgroup'),
    initValue: maybeReal(given.init_value, signature, 'init_value'),
    stream: streamOrDevice(given.stream, signature, 'stream'),
    signature,
  };
}

/** Stores what all launches have in common in registers 0 to 4, 6 and 8. */
function putLaunch(launch: CheckedLaunch): void {
  ints[0] = arrayList(launch.inputs, launch.signature, 'inputs');
  ints[2] = flatList(launch.shapes);
  ints[4] = flatList(launch.dtypes);
  ints[6] = flatList(launch.grid);
  ints[7] = 0;
  ints[8] = flatList(launch.threadgroup);
  ints[9] = 0;
  ints[13] = launch.initValue === undefined ? 0 : 1;
  doubles[12] = launch.initValue ?? 0;
  putStream(8, launch.stream);
}

function flatList(items: readonly number[]): number {
  const position = reserveList(items.length);
  list.set(items, position + 1);
  return position;
}

function listOf(value: unknown, signature: Signature, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badArgument(signature, name, 'a list', value);
}

function inputsOf(value: unknown, signature: Signature): Wrapper[] {
  return listOf(value, signature, 'inputs').map((input) => {
    if (isArray(input)) {
      liveHandle(input);
      return input;
    }
    if (input === undefined || input === null) {
      throw badArgument(signature, 'inputs', 'a list of arrays and scalars', input ?? null);
    }
    if (Array.isArray(input))
      throw new ValueError(`${signature.name}(): an input must be an array, not a list.`);
    return fromHost(input);
  });
}

function shapesOf(value: unknown, signature: Signature): number[] {
  const flat: number[] = [];
  for (const shape of listOf(value, signature, 'output_shapes')) {
    const position = shapeList(shape, signature, 'output_shapes');
    const dimensions = Array.from(list.subarray(position + 1, position + 1 + list[position]!));
    const size = dimensions.reduce((product, n) => product * Math.max(n, 1), 1);
    if (dimensions.some((n) => n < 0) || size > Number.MAX_SAFE_INTEGER) {
      throw new ValueError(`${signature.name}(): [${dimensions.join(', ')}] is not the shape of an array.`);
    }
    flat.push(dimensions.length, ...dimensions);
  }
  return flat;
}

function dtypesOf(value: unknown, signature: Signature): number[] {
  return listOf(value, signature, 'output_dtypes').flatMap((item) => {
    if (isDtype(item)) return [item.code, item.size];
    throw badArgument(signature, 'output_dtypes', 'a list of dtypes', item ?? null);
  });
}

/** Three ints of at least 1: MLX divides by them. */
function extentsOf(value: unknown, signature: Signature, name: string): number[] {
  if (!Array.isArray(value) || value.length !== 3)
    throw badArgument(signature, name, 'a list of 3 ints', value);
  const extents = value.map((item) => int(item ?? null, signature, name));
  if (extents.every((n) => n >= 1)) return extents;
  throw new ValueError(`${signature.name}(): ${name} must be positive, got [${extents.join(', ')}].`);
}

const MIN_INT = -(2 ** 31);
const MAX_INT = 2 ** 31 - 1;

/** A bool or a 32-bit int as kind and value; undefined for anything else. */
function simpleArgument(value: unknown): [kind: number, value: number] | undefined {
  if (typeof value === 'boolean') return [KIND.boolean, value ? 1 : 0];
  const isInt = typeof value === 'bigint' || (typeof value === 'number' && isInteger(value));
  if (!isInt || value < MIN_INT || value > MAX_INT) return undefined;
  return [KIND.integer, Number(value)];
}

function templateOf(value: unknown, signature: Signature): [name: string, kind: number, value: number][] {
  if (value === undefined || value === null) return [];
  const pairs = isDictionary(value) ? entriesOf(value) : listOf(value, signature, 'template');
  return pairs.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') {
      throw badArgument(signature, 'template', 'a list of pairs of a name and a value', pair ?? null);
    }
    const [name, item] = pair as [string, unknown];
    const argument = isDtype(item)
      ? ([KIND.dtype, item.code | (item.size << 8)] as const)
      : simpleArgument(item);
    if (argument !== undefined) return [name, ...argument];
    throw new ValueError(
      `${signature.name}(): template argument '${name}' must be a dtype, an int of 32 bits or a bool, ` +
        `got ${describe(item)}.`,
    );
  });
}

/** Runs a kernel of a compiled CUDA module (PTX or cubin). Takes its arguments by name. */
export function precompiled_cuda_kernel(options: PrecompiledCall): Wrapper[];
export function precompiled_cuda_kernel(...args: unknown[]): Wrapper[] {
  const given = bindArguments(PRECOMPILED, args);
  const name = string(given.name, PRECOMPILED, 'name');
  const compiled = compiledOf(given.compiled_source);
  const launch = launchOf(given, PRECOMPILED);
  if (given.output_shapes.length !== given.output_dtypes.length) {
    throw new ValueError(
      'precompiled_cuda_kernel(): output_shapes and output_dtypes must have the same length.',
    );
  }
  const scalars = listOf(given.scalars, PRECOMPILED, 'scalars').flatMap(scalarArgument);
  const memory = sharedMemory(given.shared_memory, PRECOMPILED);
  const contiguous = optionalBool(given.ensure_row_contiguous, false, PRECOMPILED, 'ensure_row_contiguous');
  putLaunch(launch);
  ints[10] = flatList(scalars);
  ints[14] = contiguous;
  ints[18] = memory;
  native.precompiled_cuda_kernel(name, compiled);
  return adoptAll();
}

function compiledOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw badArgument(PRECOMPILED, 'compiled_source', 'bytes (a Buffer or another typed array)', value);
}

const floatBits = new DataView(new ArrayBuffer(4));

/** A scalar argument as kind and 32 bits. */
function scalarArgument(value: unknown): [kind: number, bits: number] {
  const simple = simpleArgument(value);
  if (simple !== undefined) return simple;
  if (value instanceof Float || (typeof value === 'number' && !isInteger(value))) {
    floatBits.setFloat32(0, Number(value));
    return [KIND.real, floatBits.getInt32(0)];
  }
  throw new ValueError(
    'precompiled_cuda_kernel(): a scalar must be a bool, an int of 32 bits or a float, ' +
      `got ${describe(value)}.`,
  );
}
