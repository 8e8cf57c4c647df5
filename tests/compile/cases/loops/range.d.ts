export let i: number;

export let j: number;
export {};
