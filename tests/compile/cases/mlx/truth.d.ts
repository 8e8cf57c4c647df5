export function choose(flag: any): string;
export function choose(options: { flag: any }): string;
export {};
