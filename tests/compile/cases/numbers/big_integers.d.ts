export let x: any;

export let n: any;
export {};
