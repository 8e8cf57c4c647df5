// The package: `const mlx = require('mlx')` or `import mlx, { core as mx } from 'mlx'`.
import './setup';
import { modules } from '#compile/modules.js';
import * as nnModule from '#compile/nn/index.js';
import * as optimizersModule from '#compile/optimizers/index.js';
import * as utilsModule from '#compile/utils.js';
import * as coreModule from './core';
import * as dtypeModule from './dtype_module';
import * as errors from './errors';
import * as nativeModule from './evaluation';
import * as pythonModule from './python';
import * as reactModule from './react/server';

export * as nn from '#compile/nn/index.js';
export * as optimizers from '#compile/optimizers/index.js';
export * as utils from '#compile/utils.js';
export * as core from './core';
export {
  bfloat16,
  bool,
  bool_,
  complex64,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from './core';
export * as dtype from './dtype_module';
export * from './errors';

/** What the library tells about itself: for tests of leaks. */
export const native = { liveObjects: nativeModule.liveObjects, collect: nativeModule.collect };

/** A plain object of a module's exports, submodules included. */
function plain<T extends object>(module: T): T {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(module)) {
    out[key] = isModule(value) ? plain(value) : value;
  }
  return fast(out) as T;
}

/** A namespace that the bundler made has getters only. */
function isModule(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const descriptors = Object.values(Object.getOwnPropertyDescriptors(value));
  return descriptors.length > 0 && descriptors.every((descriptor) => descriptor.get !== undefined);
}

/** Objects with hundreds of keys become hash tables in V8, unless they are a prototype: those are looked up fast. */
function fast<T extends object>(object: T): T {
  Object.create(object);
  return object;
}

/** A bundler renames what would collide; the name of a class or function is what users see, in repr for one. */
function restoreNames(exports: object): void {
  for (const [name, value] of Object.entries(exports)) {
    if (
      typeof value === 'function' &&
      value.name !== name &&
      value.name.replace(/^_|\d+$/g, '') === name.replace(/\d+$/, '')
    ) {
      Object.defineProperty(value, 'name', { value: name, configurable: true });
    }
  }
}

Object.values(modules).forEach(restoreNames);
const core = plain(coreModule);
const {
  bfloat16,
  bool,
  bool_,
  complex64,
  float16,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  uint16,
  uint32,
  uint64,
  uint8,
} = coreModule;
const mlx = {
  core,
  dtype: plain(dtypeModule),
  nn: plain(nnModule),
  optimizers: plain(optimizersModule),
  utils: plain(utilsModule),
  native,
  ...errors,
  bfloat16,
  bool,
  bool_,
  complex64,
  float16,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  uint16,
  uint32,
  uint64,
  uint8,
};
// What the sub-paths of the package (`mlx/nn`, `mlx/python`, …) hand out: see js/package/bundle.mjs.
Object.defineProperty(mlx, Symbol.for('mlx.modules'), {
  value: { ...modules, python: pythonModule, 'react/server': reactModule },
});
export default mlx;
