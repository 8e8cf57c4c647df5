export function ratio(a: number, b: number): number;
export function ratio(a: number, options: { b: number }): number;
export function ratio(options: { a: number; b: number }): number;
export {};
