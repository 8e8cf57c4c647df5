export function sign(x: number): string;
export function sign(options: { x: number }): string;
export {};
