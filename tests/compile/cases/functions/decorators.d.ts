export function twice(fn: any): (...args: any[]) => any;
export function twice(options: { fn: any }): (...args: any[]) => any;

export function scaled(by: any): (...args: any[]) => any;
export function scaled(options: { by: any }): (...args: any[]) => any;

export function add_one(x: any): any;
export function add_one(options: { x: any }): any;
export {};
