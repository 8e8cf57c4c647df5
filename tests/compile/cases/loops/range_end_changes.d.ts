export function f(): [any[], number];
export {};
