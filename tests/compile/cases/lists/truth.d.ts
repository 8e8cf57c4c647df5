export function describe(xs: any[]): string;
export function describe(options: { xs: any[] }): string;
export {};
