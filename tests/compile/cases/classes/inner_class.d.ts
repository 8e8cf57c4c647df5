import * as py from 'mlx/python';

export class Outer extends py.Object {
  make(): any;
}
export {};
