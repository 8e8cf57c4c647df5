export let pairs: ([[number, number], [number, number]])[];

export let a: number;

export let b: number;

export let x: number;

export let p: number;
export {};
