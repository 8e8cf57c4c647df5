export function fib(n: number): number;
export function fib(options: { n: number }): number;

export function depth(tree: any): number;
export function depth(options: { tree: any }): number;
export {};
