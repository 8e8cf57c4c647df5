export function get(xs: any, i: any): any;
export function get(xs: any, options: { i: any }): any;
export function get(options: { xs: any; i: any }): any;
export {};
