export function count(n: any): Iterable<any>;
export function count(options: { n: any }): Iterable<any>;

export let g: Iterable<any>;
export {};
