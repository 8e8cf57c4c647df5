export let calls: any[];

export function slow(n: any): any;
export function slow(options: { n: any }): any;

export function logged(fn: any): (...args: any[]) => any;
export function logged(options: { fn: any }): (...args: any[]) => any;

export function named(x: any): any;
export function named(options: { x: any }): any;

export function power(base: any, exponent?: any): any;
export function power(base: any, options: { exponent?: any }): any;
export function power(options: { base: any; exponent?: any }): any;
export {};
