export function append(x: any, to?: any): any;
export function append(x: any, options: { to?: any }): any;
export function append(options: { x: any; to?: any }): any;
export {};
