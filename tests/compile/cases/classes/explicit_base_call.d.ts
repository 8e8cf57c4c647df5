import * as py from 'mlx/python';

export class Base extends py.Object {
  constructor(n: any);
  constructor(options: { n: any });
  n?: any;
  twice(): any;
}

export class Sub extends Base {
  constructor(n: any);
  constructor(options: { n: any });
  twice(): any;
}
export {};
