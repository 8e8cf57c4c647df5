export let x: number;

export let n: number;
export {};
