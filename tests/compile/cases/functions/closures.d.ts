export function counter(): (...args: any[]) => any;

export let a: (...args: any[]) => any;

export let b: (...args: any[]) => any;
export {};
