export let log: any[];

export function numbers(): Iterable<any>;

export let n: any;

export let g: Iterable<any>;
export {};
