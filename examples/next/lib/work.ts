// How much work the server is doing: shown by the tests, which check that cancelling stops it.
import { once } from './once';

export const work = once('work', () => ({ running: 0, steps: 0 }));
