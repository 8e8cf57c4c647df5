import * as py from 'mlx/python';

export class Config extends py.Object {
  constructor(size: number, name?: string);
  constructor(options: { size: number; name?: string });
  size: number;
  name: string;
  static from_dict(params: any): Config;
  static from_dict(options: { params: any }): Config;
}
export {};
