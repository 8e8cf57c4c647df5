export function maybe(flag: any): number | null;
export function maybe(options: { flag: any }): number | null;

export function nothing(): void;
export {};
