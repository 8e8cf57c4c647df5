import * as py from 'mlx/python';

/** A point. */
export class Point extends py.Object {
  constructor(x: any, y?: any);
  constructor(x: any, options: { y?: any });
  constructor(options: { x: any; y?: any });
  x?: any;
  y?: any;
  static dims: any;
  moved(dx?: any, dy?: any): Point;
  moved(dx: any, options: { dy?: any }): Point;
  moved(options: { dx?: any; dy?: any }): Point;
}

export let p: Point;
export {};
