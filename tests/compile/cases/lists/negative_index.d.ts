export function last(xs: any[]): [any, any];
export function last(options: { xs: any[] }): [any, any];
export {};
