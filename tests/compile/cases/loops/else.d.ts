export function find(xs: any, wanted: any): void;
export function find(xs: any, options: { wanted: any }): void;
export function find(options: { xs: any; wanted: any }): void;
export {};
