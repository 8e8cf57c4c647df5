import * as py from 'mlx/python';

export class Gain extends py.Object {
  constructor(value?: number);
  constructor(options: { value?: number });
  value: py.array;
}

export function shifted(start: number, count: number): py.array;
export function shifted(start: number, options: { count: number }): py.array;
export function shifted(options: { start: number; count: number }): py.array;

export function whole(value?: number): py.array;
export function whole(options: { value?: number }): py.array;

export function counted(count: number): py.array;
export function counted(options: { count: number }): py.array;
export {};
