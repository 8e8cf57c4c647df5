export function f(x: any): number | string;
export function f(options: { x: any }): number | string;
export {};
