// The namespace mlx.core.random.
export * from '#bind/random.js';
export { RandomState as _RandomState, seed, state } from './random';
