export function tagged(name: any): Iterable<any>;
export function tagged(options: { name: any }): Iterable<any>;

export let t: any;
export {};
