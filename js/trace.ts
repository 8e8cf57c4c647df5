// Tracing: what the transforms share when native code calls a JavaScript function of arrays.
import { adoptAll, type Wrapper } from './handle';
import { native } from './native';
import { ints, takeList } from './registers';
import { flattenTree, handleList, type Tree } from './tree';

/** A user's function of anything. */
export type AnyFunction = (...args: any[]) => any;

/** The function that native code calls: it takes over the traced arrays and hands out what `body` returns. */
export function traced(body: (tracers: Wrapper[], ...numbers: number[]) => readonly Wrapper[]): AnyFunction {
  return (...numbers: number[]) => {
    const tracers = adoptAll();
    return handleList(body(tracers, ...numbers));
  };
}

/** Identities of arrays: they change where an array is overwritten in place. */
export function identities(arrays: readonly Wrapper[]): number[] {
  ints[0] = handleList(arrays);
  native.identities();
  return takeList();
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
