// The namespace mlx.core.metal.
export * from '#bind/metal.js';
export { metal_device_info as device_info } from './device';
