export let t: [number, string, null];

export let a: number;

export let b: string;

export let c: null;
export {};
