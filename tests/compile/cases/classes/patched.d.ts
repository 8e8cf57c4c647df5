import * as py from 'mlx/python';

export class Layer extends py.Object {
  run(): string;
}

export let layer: Layer;

export function decorate(klass: any): any;
export function decorate(options: { klass: any }): any;

export class Other extends py.Object {
}
export {};
