export let Mode: any;

export function check(mode?: any): boolean;
export function check(options: { mode?: any }): boolean;
export {};
