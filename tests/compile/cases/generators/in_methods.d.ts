import * as py from 'mlx/python';

export class Tree extends py.Object {
  constructor(value: any, children?: any);
  constructor(value: any, options: { children?: any });
  constructor(options: { value: any; children?: any });
  value?: any;
  children: any[];
  walk(): Iterable<any>;
}
export {};
