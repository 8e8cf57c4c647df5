import * as py from 'mlx/python';

export class P extends py.Object {
  constructor(x: number, y?: number);
  constructor(options: { x: number; y?: number });
  x: number;
  y: number;
}

export let p: P;
export {};
