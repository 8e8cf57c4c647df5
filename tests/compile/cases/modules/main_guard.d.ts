export function main(): string;
export {};
