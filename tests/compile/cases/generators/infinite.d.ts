export function naturals(): Iterable<any>;

export let out: any[];

export let n: any;
export {};
