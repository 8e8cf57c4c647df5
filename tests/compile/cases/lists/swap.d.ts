export let a: number;

export let b: number;

export let xs: number[];
export {};
