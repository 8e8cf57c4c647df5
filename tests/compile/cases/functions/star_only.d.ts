export function f(options?: { a?: any; b?: any }): [any, any];
export {};
