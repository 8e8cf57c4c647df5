import * as py from 'mlx/python';

export class A extends py.Object {
  static x: any;
}

export let a: A;
export {};
