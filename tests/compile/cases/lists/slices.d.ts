export let xs: number[];

export let n: number;
export {};
