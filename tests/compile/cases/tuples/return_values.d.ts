export function pair(x: any): [any, any];
export function pair(options: { x: any }): [any, any];

export let result: [any, any];

export let a: any;

export let b: any;
export {};
