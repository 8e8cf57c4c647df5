export function look(d: any, key: any): any;
export function look(d: any, options: { key: any }): any;
export function look(options: { d: any; key: any }): any;
export {};
