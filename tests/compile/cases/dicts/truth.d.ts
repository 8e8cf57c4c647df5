export function f(d: Record<string, any>): string;
export function f(options: { d: Record<string, any> }): string;
export {};
