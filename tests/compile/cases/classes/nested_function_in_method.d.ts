import * as py from 'mlx/python';

export class A extends py.Object {
  constructor();
  log: any[];
  run(xs: any): any[];
  run(options: { xs: any }): any[];
  scale(x: any): any;
  scale(options: { x: any }): any;
}
export {};
