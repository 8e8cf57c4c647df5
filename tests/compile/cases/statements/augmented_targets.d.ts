export let d: Record<string, number>;

export let xs: number[];

export function index(): number;
export {};
