export function which(): string;
export {};
