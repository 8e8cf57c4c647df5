// A valid call of every function of mlx.core and every method of arrays: what bad input is put into.
//
// Parameters come from surface.lock.json, so that a new function is covered without a change here; their values
// come from tables, by parameter name or by annotation. The test checks that every sample call succeeds as it is:
// otherwise an odd value would only ever meet an earlier error.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { core } from 'mlx';

const mx: any = core;

export interface SampleParameter {
  name: string;
  keywordOnly: boolean;
  value: unknown;
}

export interface SampleCall {
  /** Such as `linalg.inv` or `array.sum`. */
  name: string;
  parameters: SampleParameter[];
  /** Calls the function with these values, those of keyword-only parameters in an options object. */
  run(values: readonly unknown[]): unknown;
}

/** Functions with tests of their own: they change the process's state, or take what this table cannot hold. */
const NOT_CALLED =
  /^(clear_streams|set_(memory|wired|cache)_limit|metal\.\w+|distributed\.[\w.]+|fast\.\w+_kernel|export\w*|import_function)$/;

/** Not callable on their own: classes, and what JavaScript has no use for. */
const OTHER =
  /^(ArrayAt|ArrayIterator|ArrayLike|Device|DeviceType|Dtype|DtypeCategory|FunctionExporter|PrintOptions|Stream|StreamContext|ThreadLocalStream|_PrintOptionsContext|custom_function|finfo|iinfo|random\._RandomState)\.|__\w+__$/;

/** JavaScript's own additions, and classes. */
const ADDED = /^(Array|bool|complex|custom_function|float|slice_|tidy)$/;

/** Whether a function of mlx.core may be left out. */
export function isExcused(name: string, lock: string): boolean {
  const entry = JSON.parse(lock).surface[`mlx.core.${name}`];
  const isAlias = typeof entry === 'string' && entry.startsWith('alias ');
  return isAlias || ADDED.test(name) || NOT_CALLED.test(name) || OTHER.test(name);
}

const square = () =>
  mx.array([[4, 1, 0, 1], [1, 5, 1, 0], [0, 1, 6, 1], [1, 0, 1, 7]], mx.float32); // biome-ignore format: a matrix
const vector = () => mx.array([3, 1, 2, 5], mx.float32);
const positions = () => mx.array([0, 2], mx.uint32);
const zeros = (...shape: number[]) => mx.zeros(shape);

function quantized(mode = 'affine') {
  return mx.quantize(mx.ones([32, 64]), { mode });
}

/** A file that is gone with the process. */
function savedFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlx-bad-input-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  mx.save(path, square());
  return path;
}

/** Values of single parameters: `function(parameter)`. */
const BY_FUNCTION: Record<string, () => unknown> = {
  'arange(stop)': () => 4,
  'arange(step)': () => 1,
  'array(val)': () => [[1, 2], [3, 4]], // biome-ignore format: a matrix
  'asarray(a)': () => new Float32Array(4),
  'from_dlpack(x)': () => new Float32Array(4),
  'array.__getitem__(indices)': () => 0,
  'array.reshape(shape)': () => [2, 8],
  'array.transpose(axes)': () => [1, 0],
  'as_strided(shape)': () => [2, 2],
  'as_strided(strides)': () => [4, 1],
  'block_masked_mm(a)': () => zeros(64, 64),
  'block_masked_mm(b)': () => zeros(64, 64),
  'block_masked_mm(mask_out)': () => zeros(2, 2),
  'block_masked_mm(mask_lhs)': () => zeros(2, 2),
  'block_masked_mm(mask_rhs)': () => zeros(2, 2),
  'block_masked_mm(block_size)': () => 32,
  'array.squeeze(axis)': () => undefined,
  'array.__getitem__(arg)': () => 0,
  'array.__format__(arg)': () => 'd',
  'array.__setitem__(arg0)': () => 0,
  'array.__setitem__(arg1)': () => 1,
  'broadcast_to(shape)': () => [2, 4, 4],
  'broadcast_shapes(shapes)': () => [4, 4],
  'load(file)': () => savedFile('whole.npy'),
  'load(format)': () => 'npy',
  'save(file)': () => 'saved.npy',
  'save(arr)': square,
  'savez(file)': () => 'saved.npz',
  'savez(args)': square,
  'savez_compressed(file)': () => 'saved.npz',
  'savez_compressed(args)': square,
  'save_safetensors(file)': () => 'saved.safetensors',
  'save_safetensors(arrays)': () => ({ named: square() }),
  'save_gguf(file)': () => 'saved.gguf',
  'save_gguf(arrays)': () => ({ named: square() }),
  'conv1d(input)': () => zeros(1, 8, 2),
  'conv1d(weight)': () => zeros(3, 2, 2),
  'conv2d(input)': () => zeros(1, 8, 8, 2),
  'conv2d(weight)': () => zeros(3, 2, 2, 2),
  'conv3d(input)': () => zeros(1, 4, 4, 4, 2),
  'conv3d(weight)': () => zeros(3, 2, 2, 2, 2),
  'conv_general(input)': () => zeros(1, 8, 8, 2),
  'conv_general(weight)': () => zeros(3, 2, 2, 2),
  'conv_transpose1d(input)': () => zeros(1, 8, 2),
  'conv_transpose1d(weight)': () => zeros(3, 2, 2),
  'conv_transpose2d(input)': () => zeros(1, 8, 8, 2),
  'conv_transpose2d(weight)': () => zeros(3, 2, 2, 2),
  'conv_transpose3d(input)': () => zeros(1, 4, 4, 4, 2),
  'conv_transpose3d(weight)': () => zeros(3, 2, 2, 2, 2),
  'convolve(a)': vector,
  'convolve(v)': vector,
  'depends(inputs)': square,
  'depends(dependencies)': square,
  'dequantize(w)': () => quantized()[0],
  'dequantize(scales)': () => quantized()[1],
  'dequantize(biases)': () => quantized()[2],
  'einsum(subscripts)': () => 'ij->ji',
  'einsum(operands)': square,
  'einsum_path(subscripts)': () => 'ij->ji',
  'einsum_path(operands)': square,
  'fast.cross_entropy(logits)': square,
  'fast.cross_entropy(targets)': () => mx.array([0, 1, 2, 3]),
  'fast.gated_delta_update(q)': () => zeros(1, 2, 2, 32),
  'fast.gated_delta_update(k)': () => zeros(1, 2, 2, 32),
  'fast.gated_delta_update(v)': () => zeros(1, 2, 2, 32),
  'fast.gated_delta_update(gamma)': () => zeros(1, 2, 2),
  'fast.gated_delta_update(beta)': () => zeros(1, 2, 2),
  'fast.layer_norm(weight)': vector,
  'fast.layer_norm(bias)': vector,
  'fast.rms_norm(weight)': vector,
  'fast.rope(a)': () => zeros(1, 2, 4, 8),
  'fast.rope(dims)': () => 8,
  'fast.rope(base)': () => 10000,
  'fast.rope(offset)': () => 1,
  'fast.scaled_dot_product_attention(q)': () => zeros(1, 2, 4, 8),
  'fast.scaled_dot_product_attention(k)': () => zeros(1, 2, 4, 8),
  'fast.scaled_dot_product_attention(v)': () => zeros(1, 2, 4, 8),
  'fast.scaled_dot_product_attention(mask)': () => 'causal',
  'fft.istft(stft_matrix)': () => mx.zeros([3, 5], mx.complex64),
  'fft.istft(n_fft)': () => 8,
  'fft.istft(hop_length)': () => 2,
  'fft.stft(x)': () => zeros(32),
  'fft.stft(n_fft)': () => 8,
  'fft.stft(hop_length)': () => 2,
  'full(vals)': () => 1,
  'from_fp8(x)': () => mx.to_fp8(square()),
  'gather_mm(a)': () => zeros(2, 4, 4),
  'gather_mm(b)': () => zeros(2, 4, 4),
  'gather_mm(lhs_indices)': () => mx.array([0, 1], mx.uint32),
  'gather_mm(rhs_indices)': () => mx.array([0, 1], mx.uint32),
  'gather_qmm(x)': () => zeros(2, 4, 64),
  'gather_qmm(w)': () => mx.stack([quantized()[0], quantized()[0]]),
  'gather_qmm(scales)': () => mx.stack([quantized()[1], quantized()[1]]),
  'gather_qmm(biases)': () => mx.stack([quantized()[2], quantized()[2]]),
  'gather_qmm(lhs_indices)': () => mx.array([0, 1], mx.uint32),
  'gather_qmm(rhs_indices)': () => mx.array([0, 1], mx.uint32),
  'gather_qqmm(x)': () => zeros(2, 4, 64),
  'gather_qqmm(w)': () => mx.stack([quantized('nvfp4')[0], quantized('nvfp4')[0]]),
  'gather_qqmm(scales)': () => mx.stack([quantized('nvfp4')[1], quantized('nvfp4')[1]]),
  'gather_qqmm(lhs_indices)': () => mx.array([0, 1], mx.uint32),
  'gather_qqmm(rhs_indices)': () => mx.array([0, 1], mx.uint32),
  'get_array_buffer_size(args)': square,
  'is_available(device)': () => mx.cpu,
  'isdtype(kind)': () => 'integral',
  'linalg.cross(a)': () => zeros(2, 3),
  'linalg.cross(b)': () => zeros(2, 3),
  'linalg.norm(ord)': () => 2,
  'linalg.norm(axis)': () => 0,
  'linspace(num)': () => 5,
  'meshgrid(arrays)': vector,
  'pad(pad_width)': () => [1, 1],
  'put_along_axis(indices)': () => mx.array([[0, 1, 0, 1]], mx.uint32),
  'put_along_axis(values)': () => zeros(1, 4),
  'put_along_axis(axis)': () => 0,
  'qqmm(x)': () => zeros(4, 64),
  'qqmm(w)': () => quantized('nvfp4')[0],
  'qqmm(scales)': () => quantized('nvfp4')[1],
  'quantize(w)': () => zeros(32, 64),
  'quantized_matmul(x)': () => zeros(4, 64),
  'quantized_matmul(w)': () => quantized()[0],
  'quantized_matmul(scales)': () => quantized()[1],
  'quantized_matmul(biases)': () => quantized()[2],
  'random.categorical(shape)': () => undefined,
  'random.multivariate_normal(mean)': vector,
  'random.multivariate_normal(cov)': square,
  'random.randint(low)': () => 0,
  'random.normal(loc)': () => 0.5,
  'random.normal(scale)': () => 2,
  'random.permutation(x)': square,
  'random.randint(high)': () => 9,
  'random.randint(dtype)': () => mx.int32,
  'random.truncated_normal(lower)': () => -1,
  'random.truncated_normal(upper)': () => 1,
  'reshape(shape)': () => [2, 8],
  'repeat(array)': square,
  'searchsorted(sorted_sequence)': () => mx.array([1, 2, 3]),
  'segmented_mm(segments)': () => mx.array([[0, 2], [2, 4]], mx.uint32), // biome-ignore format: a matrix
  'slice(start_indices)': () => mx.array([1], mx.int32),
  'slice(axes)': () => [0],
  'slice(slice_size)': () => [2, 4],
  'slice_update(update)': () => zeros(2, 4),
  'slice_update(start_indices)': () => mx.array([1], mx.int32),
  'slice_update(axes)': () => [0],
  'split(indices_or_sections)': () => 2,
  'set_default_stream(stream)': () => mx.default_stream(mx.cpu),
  'squeeze(axis)': () => undefined,
  'stream(s)': () => mx.cpu,
  'take(indices)': positions,
  'take_along_axis(indices)': () => mx.array([[0, 1, 0, 1]], mx.uint32),
  'take_along_axis(axis)': () => 0,
  'tensordot(axes)': () => 2,
  'tile(reps)': () => [1, 2],
  'unflatten(axis)': () => 1,
  'unflatten(shape)': () => [2, 2],
  'unique(size)': () => 4,
  'unique(fill_value)': () => 1,
  'vjp(cotangents)': () => [mx.array(1)],
};

/** Values of parameters of the same name in all functions. */
const BY_NAME: Record<string, () => unknown> = {
  key: () => mx.random.key(0),
  shape: () => [2, 4],
  stream: () => undefined,
  s: () => [4, 4],
  axes: () => [0, 1],
  axis1: () => 0,
  axis2: () => 1,
  mode: () => undefined,
  dtype: () => mx.float32,
  dilation: () => 1,
  groups: () => 1,
  num_samples: () => 2,
  norm: () => 'backward',
  group_size: () => undefined,
  bits: () => undefined,
  sinks: () => undefined,
  freqs: () => undefined,
  window: () => undefined,
  win_length: () => undefined,
  length: () => undefined,
  initial_state: () => undefined,
  global_scale: () => undefined,
  global_scale_x: () => undefined,
  global_scale_w: () => undefined,
  fun: () => (x: any) => mx.sum(x),
};

/** Values by annotation; a parameter that has a default and is not named here keeps it. */
const BY_ANNOTATION: Record<string, () => unknown> = {
  array: square,
  'array | None': square,
  'scalar | array': square,
  'scalar | array | None': square,
  'array | Dtype': square,
  'list[array]': () => [square(), square()],
  int: () => 1,
  'int | float': () => 1,
  float: () => 0.5,
  'float | None': () => undefined,
  'int | float | None': () => 1,
  'int | None': () => 1,
  bool: () => false,
  'bool | None': () => undefined,
  'int | Sequence[int] | None': () => 0,
  'int | Sequence[int]': () => 1,
  'int | tuple[int, ...]': () => 1,
  'int | tuple[int, ...] | None': () => 0,
  'int | tuple[int, int]': () => 1,
  'int | tuple[int, int, int]': () => 1,
  Dtype: () => mx.float32,
  'Dtype | None': () => mx.float32,
  'Dtype | DtypeCategory': () => mx.float32,
  'Device | DeviceType': () => mx.cpu,
  'Device | DeviceType | None': () => mx.cpu,
  DeviceType: () => mx.cpu,
  Stream: () => mx.default_stream(mx.cpu),
  'object | None': () => undefined,
  str: () => '',
};

/** Bitwise operators and the like refuse floats. */
const ON_INTS =
  /bitwise|(left|right)_shift|__(and|or|xor|invert|r?lshift|r?rshift|iand|ior|ixor|ilshift|irshift)__|^array\.i?(and|or|xor|lshift|rshift)$|invert$/;

/** These read the only element of an array. */
const ON_ONE = /^array\.(item|__(bool|int|float|complex|index|format)__)$/;

interface Declared {
  name: string;
  annotation: string | undefined;
  default: string | undefined;
  keywordOnly: boolean;
}

/** Splits at the commas that stand in no bracket. */
function declaredParameters(signature: string): Declared[] {
  const out: Declared[] = [];
  let keywordOnly = false;
  let depth = 0;
  let text = '';
  for (const c of signature.slice(signature.indexOf('('))) {
    if ('([{'.includes(c) && depth++ === 0) continue;
    if (')]}'.includes(c)) depth--;
    if (depth > 1 || (depth === 1 && c !== ',')) {
      text += c;
      continue;
    }
    const match = /^(\**)(\w*)(?:: (.*?))?(?: = (.*))?$/.exec(text.trim());
    if (match?.[2] && match[1] !== '**') {
      out.push({ name: match[2], annotation: match[3], default: match[4], keywordOnly });
    }
    if (match?.[1] === '*') keywordOnly = true;
    text = '';
    if (depth === 0) break;
  }
  return out;
}

function sampleValue(call: string, parameter: Declared): unknown {
  const plainName = call.replace(/^array\./, '');
  const special = BY_FUNCTION[`${call}(${parameter.name})`] ?? BY_FUNCTION[`${plainName}(${parameter.name})`];
  if (special !== undefined) return special();
  if (ON_INTS.test(call) && parameter.name !== 'stream') return mx.array([[1, 2, 3, 4]], mx.int32);
  if (Object.hasOwn(BY_NAME, parameter.name)) return BY_NAME[parameter.name]!();
  if (parameter.default !== undefined && /^('|\d|-|True|False|\[)/.test(parameter.default)) {
    return JSON.parse(parameter.default.replaceAll("'", '"').toLowerCase());
  }
  return BY_ANNOTATION[parameter.annotation ?? '']?.();
}

function resolve(path: string): any {
  return path.split('.').reduce((module: any, name) => module?.[name], mx);
}

function sampleCall(name: string, signature: string, isMethod: boolean): SampleCall | undefined {
  const f = isMethod ? mx.array.prototype[name.slice('array.'.length)] : resolve(name);
  if (typeof f !== 'function') return undefined;
  const parameters = declaredParameters(signature).map((parameter) => ({
    name: parameter.name,
    keywordOnly: parameter.keywordOnly,
    value: sampleValue(name, parameter),
  }));
  const run = (values: readonly unknown[]) => {
    const positional: unknown[] = [];
    const options: Record<string, unknown> = {};
    parameters.forEach((parameter, i) => {
      if (!parameter.keywordOnly) positional.push(values[i]);
      else if (values[i] !== undefined) options[parameter.name] = values[i];
    });
    if (Object.keys(options).length > 0) positional.push(options);
    return f.apply(isMethod ? receiver(name) : undefined, positional);
  };
  return { name, parameters, run };
}

/** The array that a method is called on. */
function receiver(name: string): unknown {
  if (ON_INTS.test(name)) return mx.array([[1, 2, 3, 4]], mx.int32);
  if (ON_ONE.test(name)) return mx.array(3, mx.int32);
  return square();
}

/** Every call, in the order of the surface (the text of surface.lock.json). */
export function sampleCalls(lock: string): SampleCall[] {
  const surface: Record<string, string | string[]> = JSON.parse(lock).surface;
  const calls: SampleCall[] = [];
  const add = (name: string, signature: string, isMethod = false) => {
    const call = sampleCall(name, signature, isMethod);
    if (call !== undefined) calls.push(call);
  };
  for (const [path, entry] of Object.entries(surface)) {
    const name = path.replace(/^mlx\.core\./, '');
    const signature = Array.isArray(entry) ? entry[0]! : entry;
    const isMethod = name.startsWith('array.');
    if (!signature.startsWith('def ') || NOT_CALLED.test(name) || (OTHER.test(name) && !isMethod)) continue;
    add(name, signature, isMethod);
  }
  add('array', 'def (val: object, dtype: Dtype | None = None)');
  return calls;
}
