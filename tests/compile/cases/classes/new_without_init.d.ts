import * as py from 'mlx/python';

export class A extends py.Object {
  constructor();
  made: boolean;
  static bare(): any;
}
export {};
