// The wrapper: a JavaScript object that owns a slot of the native array table.
//
// The handle is a private field, so it can neither be forged nor read from outside; everything else is defined
// on the prototype by the other files (array.ts, indexing.ts, the generated methods). Handle 0 is a wrapper that
// holds nothing: it was disposed, or the operation that should have filled it threw.
import type { ArrayMethods } from '#bind/methods.js';
import { native } from './native';
import { ints, list, RESULT_PAGE } from './registers';
import type { ArrayMembers } from './types';

/** Marks a construction by the library itself: the wrapper stays empty until `adopt`. */
const EMPTY = Symbol('empty');

let readHandle: (wrapper: Wrapper) => number;
let writeHandle: (wrapper: Wrapper, handle: number) => void;
let hasHandle: (value: object) => value is Wrapper;

// The other half of the class is installed on its prototype by array.ts.
export interface Wrapper extends ArrayMembers, ArrayMethods {}

/**
 * Structured cloning (postMessage, structuredClone) copies an object's own properties, so that of an array an empty
 * object would arrive. A property that holds a function makes it fail, and the error quotes the function.
 */
function an_array() {
  return 'belongs to its thread: send a.toTypedArray() and a.shape, and make an array of them there';
}

export class Wrapper {
  #handle = 0;
  protected readonly uncloneable = an_array;

  constructor(token: unknown) {
    if (token !== EMPTY) throw new TypeError('Use mx.array(...) to make an array.');
  }

  static {
    readHandle = (wrapper) => wrapper.#handle;
    writeHandle = (wrapper, handle) => {
      wrapper.#handle = handle;
    };
    hasHandle = (value): value is Wrapper => #handle in value;
  }
}

/** Whether a value is an array (disposed ones included). */
export function isArray(value: unknown): value is Wrapper {
  return typeof value === 'object' && value !== null && hasHandle(value);
}

/** Whether a value is a list of nothing but arrays. Goes by index: a list may have holes, even billions. */
export function isArrayList(value: unknown): value is Wrapper[] {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isArray(value[i])) return false;
  return true;
}

/** The handle of an array, or 0 for anything else, a disposed array included. */
export function handleOf(value: unknown): number {
  // `instanceof` costs a tenth of `#handle in`, but a forged object passes it.
  if (value instanceof Wrapper) {
    try {
      return readHandle(value);
    } catch {
      return 0;
    }
  }
  return 0;
}

/** The handle of a wrapper known to be one. */
export function ownHandle(wrapper: Wrapper): number {
  return readHandle(wrapper);
}

/** The arrays made since the innermost running `tidy` began. */
let scope: Wrapper[] | undefined;

/** Sets the list that notes new arrays and returns the one before. */
export function swapScope(next: Wrapper[] | undefined): Wrapper[] | undefined {
  const previous = scope;
  scope = next;
  return previous;
}

/** A wrapper to pass to a native function that makes an array. */
export function newArray(): Wrapper {
  const wrapper = new Wrapper(EMPTY);
  if (scope !== undefined) scope.push(wrapper);
  return wrapper;
}

/** Gives the array that the last call made to the wrapper that was passed to it. */
export function adopt(wrapper: Wrapper): Wrapper {
  writeHandle(wrapper, ints[0]!);
  return wrapper;
}

/** The arrays that the last call made; where they are many, their handles come in pages. */
export function adoptAll(): Wrapper[] {
  const count = list[0]!;
  const arrays: Wrapper[] = [];
  while (arrays.length < count) {
    if (arrays.length > 0) {
      ints[0] = arrays.length;
      native.more_results();
    }
    const end = Math.min(count - arrays.length, RESULT_PAGE);
    for (let i = 1; i <= end; i++) arrays.push(attach(list[i]!));
  }
  return arrays;
}

function attach(handle: number): Wrapper {
  const wrapper = newArray();
  native.attach(wrapper, handle);
  writeHandle(wrapper, handle);
  return wrapper;
}

/** The array that the last call made, or all of them where it made more than one. */
export function adoptOneOrAll(): Wrapper | Wrapper[] {
  const arrays = adoptAll();
  return arrays.length === 1 ? arrays[0]! : arrays;
}

/** Frees an array's memory now. The wrapper is unusable afterwards; disposing twice is allowed. */
export function dispose(wrapper: Wrapper): void {
  const handle = readHandle(wrapper);
  if (handle === 0) return;
  writeHandle(wrapper, 0);
  native.release(handle);
}
