export function f(a: any, b: any, c: any): [any, any, any];
export function f(a: any, b: any, options: { c: any }): [any, any, any];
export function f(a: any, options: { b: any; c: any }): [any, any, any];
export function f(options: { a: any; b: any; c: any }): [any, any, any];

export let xs: number[];
export {};
