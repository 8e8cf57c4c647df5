export function halves(n: number, m: number): [number, number, number, number];
export function halves(n: number, options: { m: number }): [number, number, number, number];
export function halves(options: { n: number; m: number }): [number, number, number, number];
export {};
