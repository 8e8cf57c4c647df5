export let squares: Map<any, any>;

export let named: Record<string, number>;

export let swapped: Map<any, any>;
export {};
