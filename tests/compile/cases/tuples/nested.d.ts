export let shape: [number, number];

export let x: [[number, number], number[], Record<string, [number]>];
export {};
