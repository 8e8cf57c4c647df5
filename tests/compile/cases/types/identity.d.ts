export let x: null;

export let y: number[];
export {};
