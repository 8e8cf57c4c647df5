// Bad input: every function and method, called with odd values in every position, ends in a result or in an error
// that names the call. What would crash is looked for in processes of their own. The long suite makes every call;
// this one every third.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { core as mx } from 'mlx';
import { runAll } from './bad_input/run';
import { isExcused, sampleCalls } from './bad_input/sample_calls';

const MINUTE = 60_000;

/** Functions that MLX's CPU backend does not have: the sample call ends in an error of its own. */
const NOT_ON_CPU = /^(gather_qqmm|qqmm): .*NYI/;

describe('bad input', function () {
  this.timeout(5 * MINUTE);

  it('is tried on every function', () => {
    const lock = readFileSync('surface.lock.json', 'utf8');
    const covered = new Set(sampleCalls(lock).map((call) => call.name));
    const isClass = (f: any) => /^class\b/.test(Function.prototype.toString.call(f));
    const missing: string[] = [];
    for (const [prefix, module] of [
      ['', mx],
      ...['random', 'fft', 'linalg', 'fast'].map((name) => [`${name}.`, (mx as any)[name]]),
    ] as const) {
      for (const [name, value] of Object.entries(module)) {
        if (typeof value === 'function' && !isClass(value) && !covered.has(prefix + name))
          missing.push(prefix + name);
      }
    }
    assert.deepEqual(
      missing.filter((name) => !isExcused(name, lock)),
      [],
    );
    assert.ok(covered.size > 350);
  });

  it('stands beside arguments that are right by themselves', async () => {
    const { calls, failures } = await runAll('samples', 1, 1, MINUTE);
    assert.deepEqual(
      failures.filter((failure) => !NOT_ON_CPU.test(failure)),
      [],
    );
    assert.ok(calls > 350);
  });

  for (const [name, plan, least] of [
    ['one at a time', 'single', 100_000],
    ['several at once', 'mixed', 10_000],
  ] as const) {
    it(`ends in errors, ${name}`, async () => {
      const { calls, errors, failures } = await runAll(plan, 6, 3, 2 * MINUTE);
      assert.deepEqual(failures, []);
      assert.ok(calls > least && errors > calls / 10, `${errors} errors in ${calls} calls`);
    });
  }
});
