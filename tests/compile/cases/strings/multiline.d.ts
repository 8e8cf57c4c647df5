export let text: string;
export {};
