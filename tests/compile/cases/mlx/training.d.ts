import * as py from 'mlx/python';
import type { Sequential } from 'mlx/nn/layers/containers';
import type { AdamW } from 'mlx/optimizers/optimizers';

export let model: Sequential;

export let optimizer: AdamW;

export let x: py.array;

export let y: py.array;

export function loss_fn(model: any, x: any, y: any): py.array;
export function loss_fn(model: any, x: any, options: { y: any }): py.array;
export function loss_fn(model: any, options: { x: any; y: any }): py.array;
export function loss_fn(options: { model: any; x: any; y: any }): py.array;

export let step: any;

export let loss: any;

export let grads: any;
export {};
