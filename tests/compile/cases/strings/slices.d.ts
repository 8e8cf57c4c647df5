export let s: string;
export {};
