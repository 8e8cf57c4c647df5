// Tracing: what the transforms share when native code calls a JavaScript function of arrays.
import { adoptAll, ownHandle, type Wrapper } from './handle';
import { native } from './native';
import { ints, takeList } from './registers';
import { flattenTree, handleList, type Tree, updateTree } from './tree';

/** A user's function of anything. */
export type AnyFunction = (...args: any[]) => any;

/** The function that native code calls: it takes over the traced arrays and hands out what `body` returns. */
export function traced(body: (tracers: Wrapper[], ...numbers: number[]) => readonly Wrapper[]): AnyFunction {
  return (...numbers: number[]) => {
    const tracers = adoptAll();
    return handleList(body(tracers, ...numbers));
  };
}

/** As many identities as fit the registers. */
const IDENTITIES_PER_CALL = 4096;

/**
 * Identities of arrays, which change where an array is overwritten in place. Undefined for one that was disposed.
 */
export function identities(arrays: readonly Wrapper[]): (number | undefined)[] {
  const found: (number | undefined)[] = [];
  for (let start = 0; start < arrays.length; start += IDENTITIES_PER_CALL) {
    const part = arrays.slice(start, start + IDENTITIES_PER_CALL);
    const live = part.filter((array) => ownHandle(array) !== 0);
    ints[0] = handleList(live);
    native.identities();
    const halves = takeList();
    let next = 0;
    for (const array of part) {
      // An address: its halves as one number, which holds 53 bits.
      const isLive = ownHandle(array) !== 0;
      found.push(isLive ? (halves[next]! >>> 0) + halves[next + 1]! * 2 ** 32 : undefined);
      if (isLive) next += 2;
    }
  }
  return found;
}

/**
 * Replaces arrays in a tree by others, one by one: what tracing put there by what was there before. An array that has
 * been overwritten in place meanwhile stays. `before` are the identities of the arrays from then.
 */
export function replaceArrays(
  tree: Tree,
  arrays: readonly Wrapper[],
  before: readonly (number | undefined)[],
  others: readonly Wrapper[],
): void {
  const places = flattenTree(tree);
  // By identity: a random state has a new wrapper of its key each time.
  const replacement = new Map(arrays.map((_, i) => [before[i], others[i]!]));
  const now = identities(places);
  let next = 0;
  updateTree(tree, (array) => {
    const identity = now[next++];
    return (identity === undefined ? undefined : replacement.get(identity)) ?? array;
  });
}

/** Arrays of a function's result, which may be one array or a list of them. */
export function outputArrays(result: Tree): Wrapper[] {
  return flattenTree(result, true);
}

/** Gives a transformed function the name of the original, for stack traces and printing. */
export function named<F extends AnyFunction>(transformed: F, original: AnyFunction): F {
  Object.defineProperty(transformed, 'name', { value: original.name, configurable: true });
  return transformed;
}
