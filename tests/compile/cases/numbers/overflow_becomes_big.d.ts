export function grow(n: any): number;
export function grow(options: { n: any }): number;
export {};
