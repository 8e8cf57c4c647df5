export function f(...args: any[]): [any[], ([string, any])[]];

export function g(first: any, ...rest: any[]): [any, any[], any, Record<string, any>];
export {};
