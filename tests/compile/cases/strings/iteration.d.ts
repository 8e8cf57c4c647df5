export let i: number;

export let c: string;
export {};
