export function f(x?: any): boolean;
export function f(options: { x?: any }): boolean;
export {};
