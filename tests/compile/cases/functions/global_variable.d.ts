export let count: number;

export function bump(): number;
export {};
