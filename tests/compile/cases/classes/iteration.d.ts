import * as py from 'mlx/python';

export class Countdown extends py.Object {
  constructor(n: any);
  constructor(options: { n: any });
  n?: any;
}
export {};
