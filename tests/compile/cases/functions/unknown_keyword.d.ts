export function f(a: number, b?: number): number;
export function f(a: number, options: { b?: number }): number;
export function f(options: { a: number; b?: number }): number;
export {};
