import * as py from 'mlx/python';

export class Base extends py.Object {
  constructor(kind: string, size?: number);
  constructor(options: { kind: string; size?: number });
  kind: string;
  size: number;
  static from_dict(params: any): Base;
  static from_dict(options: { params: any }): Base;
}

export class Sub extends Base {
  constructor(kind: string, size?: number, extra?: string);
  constructor(options: { kind: string; size?: number; extra?: string });
  size: number;
  extra: string;
}
export {};
