export let Mode: any;

export function check(mode?: 'a' | 'b'): boolean;
export function check(options: { mode?: 'a' | 'b' }): boolean;
export {};
