import * as py from 'mlx/python';

export let x: py.array;

export let n: number;

export let i: py.array;
export {};
