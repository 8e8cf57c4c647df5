import * as py from 'mlx/python';

export class Box extends py.Object {
  constructor();
  get size(): any;
  set size(value: any);
}

export let b: Box;
export {};
