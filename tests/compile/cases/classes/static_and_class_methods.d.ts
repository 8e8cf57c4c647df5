import * as py from 'mlx/python';

export class Maker extends py.Object {
  constructor(n: any);
  constructor(options: { n: any });
  n?: any;
  static count: any;
  again(): any;
  static double(n: any): any;
  static double(options: { n: any }): any;
  static make(n: any): Maker;
  static make(options: { n: any }): Maker;
}

export class Sub extends Maker {
}

export let m: Maker;
export {};
