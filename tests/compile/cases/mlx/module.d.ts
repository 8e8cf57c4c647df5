import * as py from 'mlx/python';
import type { Module } from 'mlx/nn/layers/base';
import type { Linear } from 'mlx/nn/layers/linear';
import type { RMSNorm } from 'mlx/nn/layers/normalization';

/** Two layers. */
export class MLP extends Module {
  constructor(dims: number, hidden?: number);
  constructor(dims: number, options: { hidden?: number });
  constructor(options: { dims: number; hidden?: number });
  layers: Linear[];
  scale: number;
  norm: RMSNorm;
  __call__(x: py.array): py.array;
  __call__(options: { x: py.array }): py.array;
}
export interface MLP {
  (x: py.array): py.array;
  (options: { x: py.array }): py.array;
}

export let model: MLP;
export {};
