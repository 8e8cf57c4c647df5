import * as py from 'mlx/python';

export let a: number[];

export let b: number[];

export let c: number;

export let d: number;

export class Holder extends py.Object {
  x: number;
  y: number;
}

export let h: Holder;

export let y: number;
export {};
