export let cache: Record<string, any>;
export {};
