export let seen: Set<any>;

export let pair: [number, number];
export {};
