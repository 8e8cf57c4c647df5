export let a: number[];

export let b: [number, number];
export {};
