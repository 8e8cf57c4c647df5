export function f(a: any, b?: any, c?: any): [any, any, any];
export function f(a: any, b: any, options: { c?: any }): [any, any, any];
export {};
