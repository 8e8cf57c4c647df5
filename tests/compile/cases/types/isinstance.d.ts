export let v: any;

export let kinds: boolean[];
export {};
