export function grade(score: number): string;
export function grade(options: { score: number }): string;
export {};
