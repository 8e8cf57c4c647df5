import * as py from 'mlx/python';

export let q: py.array;

export let k: py.array;

export let v: py.array;

export let B: number;

export let L: number;

export let first: py.array;

export let others: py.array[];
export {};
