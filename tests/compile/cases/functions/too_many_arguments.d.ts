export function f(a: any, b?: any): any;
export function f(a: any, options: { b?: any }): any;
export function f(options: { a: any; b?: any }): any;

export let args: number[];
export {};
