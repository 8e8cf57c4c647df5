// Tuples: arrays that print as tuples, and that `isinstance` tells from lists. JavaScript sees an Array.
import { inspect } from 'node:util';
import { repr } from './text';

/** A tuple that escapes the function that made it. */
export class Tuple<T = any> extends Array<T> {
  static override of<T>(...items: T[]): Tuple<T> {
    return Object.setPrototypeOf(items, Tuple.prototype) as Tuple<T>;
  }

  override toString(): string {
    return repr(this);
  }

  [inspect.custom](): string {
    return repr(this);
  }
}

/** Whether a value is a tuple. */
export function isTuple(value: unknown): value is Tuple {
  return value instanceof Tuple;
}
