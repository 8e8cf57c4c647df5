export let name: string;

export let n: number;
export {};
