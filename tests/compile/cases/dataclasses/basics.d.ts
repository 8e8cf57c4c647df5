import * as py from 'mlx/python';

export class Args extends py.Object {
  constructor(hidden: number, layers?: number, eps?: number, names?: string[], head?: number | null);
  constructor(options: { hidden: number; layers?: number; eps?: number; names?: string[]; head?: number | null });
  hidden: number;
  layers: number;
  eps: number;
  names: string[];
  head: number | null;
}

export let a: Args;

export let b: Args;
export {};
