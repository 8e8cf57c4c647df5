import * as py from 'mlx/python';

export function update(state: Record<string, any>, x: py.array): Record<string, any>;
export function update(state: Record<string, any>, options: { x: py.array }): Record<string, any>;
export function update(options: { state: Record<string, any>; x: py.array }): Record<string, any>;

export let s: Record<string, any>;
export {};
