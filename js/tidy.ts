// tidy: frees at once what a function made, where waiting for the garbage collector would cost memory.
import { TypeError } from './errors';
import { dispose, swapScope, type Wrapper } from './handle';
import { describe } from './signature';
import { flattenTree } from './tree';

/**
 * Runs `body` and frees at once every array made in it, except those in its result (a tree).
 *
 * @throws {TypeError} where `body` is asynchronous: its arrays would be freed while it still runs.
 */
export function tidy<T>(body: () => T): T {
  if (typeof body !== 'function') throw new TypeError(`tidy(): a function is needed, got ${describe(body)}.`);
  const made: Wrapper[] = [];
  const outer = swapScope(made);
  let kept = new Set<Wrapper>();
  try {
    const result = body();
    if (result instanceof Promise) throw new TypeError('tidy(): a synchronous function is needed.');
    kept = new Set(flattenTree(result));
    return result;
  } finally {
    swapScope(outer);
    for (const array of made) {
      if (!kept.has(array)) dispose(array);
      else outer?.push(array);
    }
  }
}
