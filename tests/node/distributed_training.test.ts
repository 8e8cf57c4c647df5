// Data-parallel training of the digits (examples/distributed) against one process with the joined batches.
import assert from 'node:assert/strict';
import { results } from './distributed/launched';

const EPOCHS = '6';
const BATCH = '64';

/**
 * How far losses may lie apart. Two halves of a batch are summed in another order than the whole, which changes
 * the last bits of sums and gradients; training does not enlarge that, as the loss falls. Losses start between 2
 * and 4, where neighbouring floats lie 2^-22 apart; measured was one such step, and some are allowed.
 */
const TOLERANCE = 8 * 2 ** -22;

describe('data-parallel training', function () {
  this.timeout(120000);

  it('of 2 ranks ends with equal parameters, by the way that one process takes', async () => {
    const [alone] = await results(1, 'train.mjs', [EPOCHS, BATCH]);
    const [first, second] = await results(2, 'train.mjs', [EPOCHS, BATCH]);
    assert.equal(first.parameters, second.parameters);
    assert.deepEqual(first.losses, second.losses);
    // What is compared is training: it learns, on batches that differ.
    assert.equal(alone.losses.length, 6 * 22);
    assert.ok(alone.losses.at(-1) < alone.losses[0] / 8, `${alone.losses[0]} → ${alone.losses.at(-1)}`);
    assert.equal(first.losses.length, alone.losses.length);
    for (const [step, loss] of alone.losses.entries()) {
      const distance = Math.abs(first.losses[step] - loss);
      assert.ok(distance <= TOLERANCE, `step ${step}: ${loss} alone, ${first.losses[step]} together`);
    }
  });
});
