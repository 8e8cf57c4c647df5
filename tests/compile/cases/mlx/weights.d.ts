import type { Sequential } from 'mlx/nn/layers/containers';

export let a: Sequential;

export let b: Sequential;
export {};
