export let s: Set<number>;
export {};
