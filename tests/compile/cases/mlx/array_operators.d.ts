import * as py from 'mlx/python';

export function f(x: py.array, n: number): py.array;
export function f(x: py.array, options: { n: number }): py.array;
export function f(options: { x: py.array; n: number }): py.array;

export function unknown(x: any, y: any): any;
export function unknown(x: any, options: { y: any }): any;
export function unknown(options: { x: any; y: any }): any;

export let a: py.array;
export {};
