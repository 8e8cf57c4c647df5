export let xs: number[];

export let x: number;
export {};
