import * as py from 'mlx/python';

export class Base extends py.Object {
  constructor(n: any);
  constructor(options: { n: any });
  n?: any;
  name(): string;
  describe(): string;
}

export class Derived extends Base {
  constructor(n: any, extra?: any);
  constructor(n: any, options: { extra?: any });
  constructor(options: { n: any; extra?: any });
  extra?: any;
  name(): any;
}

export let d: Derived;
export {};
