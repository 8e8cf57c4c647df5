export let a: number[];

export let b: number[];

export let c: number[];
export {};
