export let pairs: ([string, number])[];
export {};
