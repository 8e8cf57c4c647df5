export let first: number;

export let rest: number[];

export let start: number[];

export let end: number;

export let a: number;

export let middle: number[];

export let z: number;

export let p: number;

export let q: number;

export let r: number;
export {};
