export function steps(): any[];
export {};
