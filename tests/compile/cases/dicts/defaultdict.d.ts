export let d: any;

export let q: any;
export {};
