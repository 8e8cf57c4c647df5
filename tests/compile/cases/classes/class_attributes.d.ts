import * as py from 'mlx/python';

export class Cache extends py.Object {
  step: number;
  static names: any;
  grow(): number;
}

export let a: Cache;

export let b: Cache;
export {};
