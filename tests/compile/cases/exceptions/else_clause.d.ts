export function f(x: any): void;
export function f(options: { x: any }): void;
export {};
