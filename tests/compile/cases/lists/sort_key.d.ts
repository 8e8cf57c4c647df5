export let words: string[];
export {};
