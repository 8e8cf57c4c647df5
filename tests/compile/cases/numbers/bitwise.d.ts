export let flags: number;
export {};
