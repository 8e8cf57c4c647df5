// `with`: enters a context manager, and leaves it exactly once, with the error where there was one.
import { TypeError } from './exceptions';

export interface Entered {
  readonly value: any;
  /** Leaves with an error, and throws it again unless the manager keeps it. */
  fail(error: unknown): void;
  /** Leaves without an error, unless it was left before. */
  exit(): void;
}

/** Enters a manager: Python's protocol, or JavaScript's `Symbol.dispose`. */
export function enter(manager: any): Entered {
  if (typeof manager?.__enter__ !== 'function' && typeof manager?.[Symbol.dispose] !== 'function') {
    throw new TypeError('the object does not support the context manager protocol');
  }
  const value = typeof manager.__enter__ === 'function' ? manager.__enter__() : manager;
  let left = false;
  const leave = (error: unknown): boolean => {
    left = true;
    if (typeof manager.__exit__ !== 'function') {
      manager[Symbol.dispose]();
      return false;
    }
    return error === undefined
      ? manager.__exit__(null, null, null)
      : manager.__exit__((error as Error)?.constructor ?? null, error, null);
  };
  return {
    value,
    fail(error) {
      if (left) throw error;
      if (!leave(error)) throw error;
    },
    exit() {
      if (!left) leave(undefined);
    },
  };
}

/** `@contextmanager`: a generator function as a function that returns a manager. */
export function contextmanager(fn: (...args: any[]) => Generator): (...args: any[]) => any {
  return (...args) => {
    const generator = fn(...args);
    return {
      __enter__: () => generator.next().value,
      __exit__(_kind: unknown, error: unknown) {
        if (error === null || error === undefined) {
          generator.next();
          return false;
        }
        // The generator handles the error, or lets it through.
        generator.throw(error);
        return true;
      },
    };
  };
}
