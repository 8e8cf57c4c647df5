export let groups: Record<string, any>;

export let w: string;
export {};
