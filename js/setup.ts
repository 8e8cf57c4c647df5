// Start-up: hands native code what it needs from JavaScript. Imported before anything else.
import { builtin } from './builtin';
import { native } from './native';
import { makeError } from './raise';

type Collector = (options?: { type: 'minor' }) => void;

/**
 * The garbage collector, or undefined where it cannot be had (a policy that forbids flags). V8's flag is on only
 * while a fresh context picks up the function.
 */
function findCollector(): Collector | undefined {
  if (typeof globalThis.gc === 'function') return globalThis.gc as Collector;
  const { Bun } = globalThis as { Bun?: { gc(now: boolean): void } };
  if (Bun !== undefined) return () => Bun.gc(true);
  try {
    const { setFlagsFromString } = builtin('node:v8');
    setFlagsFromString('--expose-gc');
    const collector = builtin('node:vm').runInNewContext('gc') as Collector | undefined;
    setFlagsFromString('--no-expose-gc');
    return collector;
  } catch {
    return undefined;
  }
}

native.set_error_factory(makeError);
// Looked for at the first collection: finding it takes milliseconds.
native.set_collector((full) => {
  const collector = findCollector();
  if (collector === undefined) return native.set_collector(undefined);
  // Called without options it is a full collection; Node 20 does not know `type: 'major'`.
  const collect = (full: boolean) => (full ? collector() : collector({ type: 'minor' }));
  native.set_collector(collect);
  collect(full);
});
