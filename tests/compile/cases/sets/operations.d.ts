export let a: Set<number>;

export let b: Set<number>;
export {};
