export let SIZE: number;

export let NAMES: [string, string];

export let TABLE: Record<string, number>;
export {};
