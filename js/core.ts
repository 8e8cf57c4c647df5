// The namespace mlx.core, in Python's names: the generated functions and what is written by hand.

import { DeviceType } from './device';
import { categories } from './dtype';

export * from '#bind/core.js';
export * as cuda from '#bind/cuda.js';
export * as fft from '#bind/fft.js';
export * as linalg from '#bind/linalg.js';
export { norm as matrix_norm } from '#bind/linalg.js';
export { ArrayIterator, ArrayLike, array, array as Array } from './array';
export { async_eval } from './async';
export { checkpoint, compile } from './compile';
export { arange, asarray, broadcast_shapes, from_dlpack } from './creation';
export { custom_function } from './custom_function';
export {
  clear_streams,
  Device,
  DeviceType,
  device_info,
  Stream,
  StreamContext,
  type StreamOrDevice,
  stream,
  ThreadLocalStream,
} from './device';
export * as distributed from './distributed_module';
export { Dtype, DtypeCategory } from './dtype';
export * from './dtype_constants';
export { can_cast, finfo, iinfo, isdtype, issubdtype, result_type } from './dtype_info';
export { einsum_path } from './einsum';
export { depends, evaluate as eval, get_array_buffer_size } from './evaluation';
export { export_function, export_to_dot, exporter, FunctionExporter, import_function } from './export';
export * as fast from './fast';
export { load, save, save_gguf, save_safetensors, savez, savez_compressed } from './files';
export { grad, jvp, value_and_grad, vjp } from './grad';
export { ArrayAt } from './indexing';
export * as metal from './metal';
export { Complex, complex, Float, float } from './numbers';
export {
  get_printoptions,
  PrintOptions,
  PrintOptionsContext as _PrintOptionsContext,
  printoptions,
  set_printoptions,
} from './printing';
export * as random from './random_module';
export { Slice, slice_ } from './slice';
export { tidy } from './tidy';
export { vmap } from './vmap';

export const {
  complexfloating,
  floating,
  inexact,
  signedinteger,
  unsignedinteger,
  integer,
  number,
  generic,
} = categories;

export const { cpu, gpu } = DeviceType;

export const e = Math.E;
export const euler_gamma = 0.5772156649015329;
export const inf = Infinity;
export const nan = NaN;
export const newaxis = null;
export const pi = Math.PI;
export { version as __version__ } from './version';
