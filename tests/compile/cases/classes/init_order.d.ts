import * as py from 'mlx/python';

export class Base extends py.Object {
  constructor();
}

export class Late extends Base {
  constructor();
  early: string;
}
export {};
