import * as py from 'mlx/python';

export function scaled(x: any, dims: number, by: number): py.array;
export function scaled(x: any, dims: number, options: { by: number }): py.array;
export function scaled(x: any, options: { dims: number; by: number }): py.array;
export function scaled(options: { x: any; dims: number; by: number }): py.array;

export function counts(tokens: py.array): py.array;
export function counts(options: { tokens: py.array }): py.array;
export {};
