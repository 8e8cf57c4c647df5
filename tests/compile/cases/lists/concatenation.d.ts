export let xs: number[];

export let ys: number[];
export {};
