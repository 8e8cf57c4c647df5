export function f(a: any, b: any): string;
export function f(a: any, options: { b: any }): string;
export function f(options: { a: any; b: any }): string;
export {};
