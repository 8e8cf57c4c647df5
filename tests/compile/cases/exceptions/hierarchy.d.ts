export let error: any;
export {};
