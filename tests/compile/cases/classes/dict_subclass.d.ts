import * as py from 'mlx/python';

export class Config extends py.DictObject {
  flag(name: any): any;
  flag(options: { name: any }): any;
}

export let c: Config;
export {};
