export function f(state: any, scale?: any): [any[], any];
export function f(state: any, options: { scale?: any }): [any[], any];
export function f(options: { state: any; scale?: any }): [any[], any];
export {};
