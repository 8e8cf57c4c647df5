// The namespace mlx.core.distributed.
export * from '#bind/distributed.js';
export { Group, init } from './distributed';
