export let fs: any[];

export let i: number;
export {};
