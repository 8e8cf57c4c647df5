import * as py from 'mlx/python';

export class A extends py.Object {
  constructor(n: any);
  constructor(options: { n: any });
  n?: any;
  add(x: any): any;
  add(options: { x: any }): any;
  all(xs: any): any[];
  all(options: { xs: any }): any[];
}

export let f: (...args: any[]) => any;

export let xs: any[];

export let push: (...args: any[]) => any;
export {};
