export function three(values: any): any;
export function three(options: { values: any }): any;
export {};
