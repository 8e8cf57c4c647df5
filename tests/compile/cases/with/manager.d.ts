import * as py from 'mlx/python';

export class Manager extends py.Object {
  constructor(name: any, keeps?: boolean);
  constructor(name: any, options: { keeps?: boolean });
  constructor(options: { name: any; keeps?: boolean });
  name?: any;
  keeps?: any;
}

export let name: any;

export function early(): string;
export {};
