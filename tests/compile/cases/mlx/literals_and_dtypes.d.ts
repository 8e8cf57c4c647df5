import * as py from 'mlx/python';

export let a: py.array;
export {};
