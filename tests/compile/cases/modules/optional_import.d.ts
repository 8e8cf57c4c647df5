export function use(): string;
export {};
