import * as py from 'mlx/python';

export class A extends py.Object {
  static count: any;
  get value(): any;
}

export let a: A;
export {};
