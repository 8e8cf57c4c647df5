export function pick(a: any, b: any): [any, any];
export function pick(a: any, options: { b: any }): [any, any];
export function pick(options: { a: any; b: any }): [any, any];
export {};
