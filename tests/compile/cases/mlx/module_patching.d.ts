import * as py from 'mlx/python';
import type { Module } from 'mlx/nn/layers/base';
import type { Identity, Linear } from 'mlx/nn/layers/linear';

export class Wrapped extends Module {
  constructor();
  inner: Identity | Linear;
  missing?: py.array | null;
  name: string;
  length: number;
  __call__(x: any, options?: { scale?: any }): any;
  __call__(options: { x: any; scale?: any }): any;
}
export interface Wrapped {
  (x: any, options?: { scale?: any }): any;
  (options: { x: any; scale?: any }): any;
}

export let w: Wrapped;
export {};
