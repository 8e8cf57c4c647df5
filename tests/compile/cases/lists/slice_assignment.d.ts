export let xs: number[];
export {};
