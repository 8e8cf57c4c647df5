// Bad input, all of it: every call that bad_input.test.ts makes a third of.
import assert from 'node:assert/strict';
import { runAll } from './bad_input/run';

describe('all bad input', function () {
  this.timeout(30 * 60_000);
  for (const plan of ['single', 'mixed']) {
    it(`ends in errors (${plan})`, async () => {
      assert.deepEqual((await runAll(plan, 20, 1, 10 * 60_000)).failures, []);
    });
  }
});
