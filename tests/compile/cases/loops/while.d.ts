export let n: number;
export {};
