export function work(x: any): any;
export function work(options: { x: any }): any;
export {};
