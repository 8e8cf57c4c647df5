import * as py from 'mlx/python';

export let tree: Record<string, (py.array | Record<string, py.array>)[] | [py.array]>;

export let doubled: any;

export let flat: Record<string, any> | ([string, any])[];
export {};
