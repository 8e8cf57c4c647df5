export let d: Record<string, number>;

export let k: string;
export {};
