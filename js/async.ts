// Asynchronous evaluation: computing without blocking the event loop.
import { isArray, type Wrapper } from './handle';
import { scalarOf, toList, toTypedArray } from './host_data';
import { native } from './native';
import { ints } from './registers';
import { type Tree, treeList } from './tree';

/** Rejects with the signal's reason as soon as it is aborted; the computation itself goes on and is dropped. */
function abandonable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) {
      promise.catch(() => {});
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A last argument `{ signal }` is no tree of arrays. */
function takeSignal(trees: Tree[]): AbortSignal | undefined {
  const last = trees[trees.length - 1];
  if (typeof last !== 'object' || last === null || isArray(last)) return undefined;
  const { signal } = last as { signal?: unknown };
  if (!(signal instanceof AbortSignal)) return undefined;
  trees.pop();
  return signal;
}

/**
 * Computes the arrays of the given trees on another thread. Resolves when all are there; rejects with what this
 * evaluation throws. A last argument `{ signal }` lets the wait be abandoned.
 */
export function async_eval(...trees: Tree[]): Promise<void> {
  const signal = takeSignal(trees);
  let promise: Promise<void>;
  try {
    ints[0] = treeList(trees, 'async_eval');
    promise = native.evaluate_async() as Promise<void>;
  } catch (error) {
    promise = Promise.reject(error);
  }
  return signal === undefined ? promise : abandonable(promise, signal);
}

/** Evaluates an array off the event loop, then reads it. */
export async function itemAsync(array: Wrapper): Promise<ReturnType<typeof scalarOf>> {
  await async_eval(array);
  return scalarOf(array);
}

export async function tolistAsync(array: Wrapper): Promise<any> {
  await async_eval(array);
  return toList(array);
}

export async function toTypedArrayAsync(array: Wrapper, copy: boolean): Promise<NodeJS.TypedArray> {
  await async_eval(array);
  return toTypedArray(array, copy);
}
