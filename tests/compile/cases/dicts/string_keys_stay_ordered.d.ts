export let d: Record<string, any>;

export let k: string;
export {};
