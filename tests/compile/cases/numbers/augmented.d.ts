export let n: number;

export let x: number;
export {};
