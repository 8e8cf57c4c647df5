// The object `mlx`: `const mlx = require('mlx')` or `import mlx from 'mlx'`.
import './setup';
import type * as nn from '#compile/nn/index.js';
import type * as optimizers from '#compile/optimizers/index.js';
import type * as utils from '#compile/utils.js';
import type * as coreModule from './core';
import coreExports from './core?plain';
import * as dtypes from './dtype_constants';
import * as dtypeModule from './dtype_module';
import * as errors from './errors';
import * as nativeModule from './evaluation';
import type * as packages from './packages';
import { lazy, plain, withPlainModules } from './plain';

// Filled in by js/package/bundle.mjs: `require` of the file beside the bundle, and the names of each package.
declare const requireSibling: (path: './packages.cjs') => typeof packages;
declare const PACKAGE_NAMES: Record<'nn' | 'optimizers' | 'utils', string[]>;

const modules = () => requireSibling('./packages.cjs').modules;

/** What the library tells about itself: for tests of leaks. */
const native = { liveObjects: nativeModule.liveObjects, collect: nativeModule.collect };

const mlx = {
  core: withPlainModules(coreExports as typeof coreModule),
  dtype: plain(dtypeModule),
  nn: lazy(PACKAGE_NAMES.nn, () => modules().nn as typeof nn),
  optimizers: lazy(PACKAGE_NAMES.optimizers, () => modules().optimizers as typeof optimizers),
  utils: lazy(PACKAGE_NAMES.utils, () => modules().utils as typeof utils),
  native,
  ...errors,
  ...dtypes,
};
// What the sub-paths of the package (`mlx/nn`, `mlx/python`, …) hand out: see js/package/bundle.mjs.
Object.defineProperty(mlx, Symbol.for('mlx.modules'), { get: modules });
export default mlx;
