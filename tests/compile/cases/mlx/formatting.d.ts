import * as py from 'mlx/python';

export let x: py.array;
export {};
