export function inside(x: number, low: number, high: number): boolean;
export function inside(x: number, low: number, options: { high: number }): boolean;
export function inside(x: number, options: { low: number; high: number }): boolean;
export function inside(options: { x: number; low: number; high: number }): boolean;
export {};
