import * as py from 'mlx/python';

export class A extends py.Object {
  constructor(n?: any);
  constructor(options: { n?: any });
  n?: any;
}

export class B extends A {
}

export let classes: Record<string, any>;

export let cls: any;

export let made: any;
export {};
