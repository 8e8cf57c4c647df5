import * as py from 'mlx/python';

export class ModelError extends py.Exception {
}

export class Coded extends py.Exception {
  constructor(code: any, message?: any);
  constructor(code: any, options: { message?: any });
  constructor(options: { code: any; message?: any });
  code?: any;
}
export {};
