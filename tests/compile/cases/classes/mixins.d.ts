import * as py from 'mlx/python';

export class Named extends py.Object {
  constructor();
  named: boolean;
  name(): string;
}

export class Base extends py.Object {
  constructor();
  base: boolean;
  name(): string;
}

export class Both extends Base {
  constructor();
}

export let b: Both;
export {};
