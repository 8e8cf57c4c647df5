export let x: number;

export let y: number;
export {};
