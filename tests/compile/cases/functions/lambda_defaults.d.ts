export let scale: number;

export let f: (...args: any[]) => any;
export {};
