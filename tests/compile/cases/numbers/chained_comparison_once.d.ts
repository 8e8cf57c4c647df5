export let calls: any[];

export function middle(): number;
export {};
