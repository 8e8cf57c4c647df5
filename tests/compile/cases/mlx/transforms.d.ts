import * as py from 'mlx/python';

export function gelu(x: any): py.array;
export function gelu(options: { x: any }): py.array;

export function scaled(x: any, k?: any): any;
export function scaled(x: any, options: { k?: any }): any;
export function scaled(options: { x: any; k?: any }): any;

export function f(x: any, y: any): any;
export function f(x: any, options: { y: any }): any;
export function f(options: { x: any; y: any }): any;

export let x: py.array;
export {};
