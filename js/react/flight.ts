// What React sees of an array: a lazy node whose loading fails with advice.
//
// React serialises what crosses from a server to a client component, into a server action's answer or into
// `'use cache'`. It would take the list of `toJSON()`, or iterate over the array, and send the data without a word.
// Whatever is marked as lazy it loads first, wherever it serialises, so that the error comes up in its place.
import { TypeError } from '../errors';

const ADVICE =
  'An mx.array stays on the server: React cannot render it, pass it to a client component or put it into ' +
  "'use cache'. Send plain data: await a.tolistAsync(), await a.itemAsync(), or toPlain(...) from 'mlx/react'.";

const LAZY = {
  $$typeof: Symbol.for('react.lazy'),
  _payload: null,
  _init(): never {
    throw new TypeError(ADVICE);
  },
};

/** Makes React refuse to serialise an object. For everyone else, JSON included, it stays what it was. */
export function refuseFlight<T extends object>(object: T): T {
  for (const [key, value] of Object.entries(LAZY)) {
    Object.defineProperty(object, key, { value, configurable: true });
  }
  return object;
}
