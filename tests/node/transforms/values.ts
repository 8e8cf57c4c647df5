// Arrays that the tests of transforms start from, the same in Python and here, and the check of what they leave.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';

export const PYTHON_VALUES = `
x = mx.array([0.5, -1.0, 2.0])
y = mx.array([1.5, 0.25, -3.0])
m = (mx.arange(6, dtype=mx.float32) / 4).reshape(2, 3)
w = (mx.arange(12, dtype=mx.float32) / 8 - 0.5).reshape(3, 4)
`;

/** New arrays with the values of PYTHON_VALUES. */
export function values(): { x: any; y: any; m: any; w: any } {
  return {
    x: mx.array([0.5, -1, 2]),
    y: mx.array([1.5, 0.25, -3]),
    m: mx.arange(6, { dtype: mx.float32 }).divide(4).reshape([2, 3]),
    w: mx.arange(12, { dtype: mx.float32 }).divide(8).subtract(0.5).reshape([3, 4]),
  };
}

/**
 * Number of arrays that live. An array may hold a graph, that a function, and that another array: each round of
 * collecting frees one link of such a chain.
 */
export function liveArrays(): number {
  for (let before = Infinity; ; ) {
    mlx.native.collect();
    const live = mlx.native.liveObjects();
    if (live >= before) return live;
    before = live;
  }
}

/** Checks after the tests of a suite that no array lives that did not before. */
export function leavesNothing(): void {
  let live: number;
  before(() => {
    live = liveArrays();
  });
  after(() => {
    // A few may still stand in the frames that the engine keeps of the last test.
    assert.ok(liveArrays() <= live + 8, `${liveArrays()} arrays live, ${live} before`);
  });
}

/** Checks that a call throws an error of that class and text. */
export function fails(call: () => unknown, type: any, message: RegExp): void {
  assert.throws(call, (error: any) => {
    assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
    assert.match(error.message, message);
    return true;
  });
}
