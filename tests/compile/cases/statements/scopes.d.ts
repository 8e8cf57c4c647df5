export let x: string;

export function outer(): [string, string, string];
export {};
