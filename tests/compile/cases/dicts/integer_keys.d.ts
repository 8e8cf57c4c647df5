export let names: Record<string, any>;

export let i: number;
export {};
