export function f(a: any, options: { key: any }): [any, any];
export function f(options: { a: any; key: any }): [any, any];
export {};
