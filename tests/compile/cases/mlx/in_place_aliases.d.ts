import * as py from 'mlx/python';

export function bump(x: any): any;
export function bump(options: { x: any }): any;

export function typed(x: py.array): [py.array, py.array];
export function typed(options: { x: py.array }): [py.array, py.array];

export let a: py.array;

export let n: number;

export let m: number;
export {};
