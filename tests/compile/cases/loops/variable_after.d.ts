export let i: number;

export let last: number;
export {};
