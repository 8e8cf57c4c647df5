export let fs: ((...args: any[]) => any)[];

export let gs: ((...args: any[]) => any)[];
export {};
