import * as py from 'mlx/python';

export class Vector extends py.Object {
  constructor(...values: (any)[]);
  values: any[];
}

export let v: any;
export {};
