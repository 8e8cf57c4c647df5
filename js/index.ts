// What the package exports, for its types and the names of index.mjs. The values are made in namespace.ts, which
// loads the packages on first use.
export * as nn from '#compile/nn/index.js';
export * as optimizers from '#compile/optimizers/index.js';
export * as utils from '#compile/utils.js';
export * as core from './core';
export * from './dtype_constants';
export * as dtype from './dtype_module';
export * from './errors';
export { default } from './namespace';

import mlx from './namespace';

/** What the library tells about itself: for tests of leaks. */
export const { native } = mlx;
