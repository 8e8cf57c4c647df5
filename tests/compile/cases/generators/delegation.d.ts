export function inner(): Iterable<any>;

export function outer(): Iterable<any>;
export {};
