import * as py from 'mlx/python';

export class Scale extends py.Object {
  constructor(by: any);
  constructor(options: { by: any });
  by?: any;
  __call__(x: any, shift?: any): any;
  __call__(x: any, options: { shift?: any }): any;
  __call__(options: { x: any; shift?: any }): any;
}
export interface Scale {
  (x: any, shift?: any): any;
  (x: any, options: { shift?: any }): any;
  (options: { x: any; shift?: any }): any;
}

export let double: Scale;
export {};
