// The namespace mlx.core.fast.
export * from '#bind/fast.js';
export { cuda_kernel, metal_kernel, precompiled_cuda_kernel } from './kernels';
