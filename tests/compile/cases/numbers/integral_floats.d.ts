export function half(x: number): number;
export function half(options: { x: number }): number;

export let scale: number;
export {};
