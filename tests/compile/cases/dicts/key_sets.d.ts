export let a: Record<string, number>;

export let b: Record<string, number>;
export {};
