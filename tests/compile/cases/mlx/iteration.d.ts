import * as py from 'mlx/python';

export let x: py.array;

export let row: py.array;

export let a: py.array;

export let b: py.array;
export {};
