export function f(a: number, b?: number[] | null, c?: Record<string, any> | string): [number, string];
export function f(a: number, b: number[] | null | undefined, options: { c?: Record<string, any> | string }): [number, string];
export function f(a: number, options: { b?: number[] | null; c?: Record<string, any> | string }): [number, string];
export function f(options: { a: number; b?: number[] | null; c?: Record<string, any> | string }): [number, string];

export function apply(fn: (...args: any[]) => any, x: number): number;
export function apply(fn: (...args: any[]) => any, options: { x: number }): number;
export function apply(options: { fn: (...args: any[]) => any; x: number }): number;
export {};
