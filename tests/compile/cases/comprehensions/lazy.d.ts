export function noisy(x: any): any;
export function noisy(options: { x: any }): any;

export let g: Iterable<any>;
export {};
