export let x: number;
export {};
