export let config: Record<string, Record<string, number[]> | string>;
export {};
