// The random state: a key per thread, split at each use.
import { isOptions, putWideInt, wideInt } from './arguments';
import { IndexError, TypeError } from './errors';
import { adopt, newArray, type Wrapper } from './handle';
import { liveHandle } from './host_data';
import { native } from './native';
import { ints } from './registers';
import { checkKeywords, Signature, tooMany } from './signature';

const SEED = new Signature('seed(seed: int) -> None');

/** Seeds this thread's key. */
export function seed(...given: unknown[]): void {
  let [value] = given;
  if (isOptions(value)) {
    checkKeywords(SEED, value, 0);
    value = value.seed;
  }
  if (given.length > 1) throw tooMany(SEED, given);
  putWideInt(0, wideInt(value, true, SEED, 'seed'));
  native.random_seed();
}

let isMade = false;

/** The key of this thread's random state; stands for it where a transform captures state. */
export class RandomState implements Iterable<Wrapper> {
  constructor() {
    if (isMade) throw new TypeError('_RandomState(): there is one, mx.random.state.');
    isMade = true;
  }
  __len__(): number {
    return 1;
  }
  __getitem__(index: number): Wrapper {
    if (index !== 0 && index !== -1) throw new IndexError('random state index out of range');
    const out = newArray();
    native.current_random_key(out);
    return adopt(out);
  }
  /** Makes `key` this thread's key. */
  replace(key: Wrapper): void {
    ints[0] = liveHandle(key, 'replace');
    native.set_random_key();
  }
  *[Symbol.iterator](): Iterator<Wrapper> {
    yield this.__getitem__(0);
  }
}

export const state = new RandomState();
