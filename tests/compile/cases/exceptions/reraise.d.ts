export function f(): void;
export {};
