export let a: Record<string, number>;

export let b: Record<string, any>;

export let c: Record<string, number>;
export {};
