export let xs: number[];

export let y: number;

export let n: number;
export {};
