export function f(): string;
export {};
