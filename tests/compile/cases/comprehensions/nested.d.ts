export let matrix: number[][];
export {};
