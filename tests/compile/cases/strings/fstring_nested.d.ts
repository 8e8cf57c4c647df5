export let width: number;

export let digits: number;
export {};
