export function f(x: any): any;
export function f(options: { x: any }): any;
export {};
