export function target(x: any, scale?: any, shift?: any): any;
export function target(x: any, scale: any, options: { shift?: any }): any;
export function target(x: any, options: { scale?: any; shift?: any }): any;
export function target(options: { x: any; scale?: any; shift?: any }): any;

export function wrapper(...args: any[]): any;

export function timed(name: any, ...args: any[]): [any, any];
export {};
