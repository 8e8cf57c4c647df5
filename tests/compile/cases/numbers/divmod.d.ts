export let q: number;

export let r: number;
export {};
