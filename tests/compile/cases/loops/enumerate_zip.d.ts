export let i: number;

export let a: number;

export let b: string;
export {};
