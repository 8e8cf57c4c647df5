export let v: any;
export {};
