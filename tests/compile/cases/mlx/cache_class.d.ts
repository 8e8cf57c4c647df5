import * as py from 'mlx/python';

export class KVCache extends py.Object {
  constructor();
  keys?: py.array | null;
  offset: number;
  static step: any;
  update(keys: any): py.array;
  update(options: { keys: any }): py.array;
}

export let c: KVCache;
export {};
