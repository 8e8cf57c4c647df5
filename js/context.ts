// Contexts: Python's `with` as a callback, which may be asynchronous: the context then ends with its promise.
import { types } from 'node:util';

export interface Context {
  __enter__(): unknown;
  __exit__(): void;
}

/** Runs `body` in a context. However it ends, the context ends too. */
export function within<T>(context: Context, body: () => T): T {
  context.__enter__();
  let result: T;
  try {
    result = body();
  } catch (error) {
    context.__exit__();
    throw error;
  }
  if (types.isPromise(result)) return result.finally(() => context.__exit__()) as T;
  context.__exit__();
  return result;
}
