export let fs: any[];

export let i: number;

export function f(x: any, i?: any): any;
export function f(x: any, options: { i?: any }): any;
export function f(options: { x: any; i?: any }): any;
export {};
