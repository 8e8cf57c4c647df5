// Integer division that the processor traps, or MLX leaves undefined: the results are those of wrapped integers.
import assert from 'node:assert/strict';
import { core as mx } from 'mlx';

const LEAST = { int8: -(2 ** 7), int16: -(2 ** 15), int32: -(2 ** 31), int64: -(2n ** 63n) };

describe('integer division', () => {
  for (const [name, least] of Object.entries(LEAST)) {
    const dtype = (mx as any)[name];
    // The smallest integer has no positive counterpart: negating it wraps, where it wraps in its own type.
    it(`of the smallest ${name} by -1 ends in a number`, () => {
      const a = mx.array([least, 7], dtype);
      for (const divisor of [
        -1,
        mx.array(-1, dtype),
        mx.array([-1, -1], dtype),
        mx.array([0, 0], dtype).subtract(1),
      ]) {
        assert.deepEqual(mx.floor_divide(a, divisor).tolist(), [least, -7]);
        assert.deepEqual(mx.remainder(a, divisor).tolist(), [0, 0]);
        assert.deepEqual(
          mx.divmod(a, divisor).map((part) => part.tolist()),
          [
            [least, -7],
            [0, 0],
          ],
        );
        assert.deepEqual(a.__floordiv__(divisor).tolist(), [least, -7]);
        assert.deepEqual(a.__mod__(divisor).tolist(), [0, 0]);
      }
    });
  }

  it('takes no unsigned number for -1', () => {
    assert.deepEqual(mx.floor_divide(mx.array([1000]), mx.array([255], mx.uint8)).tolist(), [3]);
  });

  it('by 0 ends in a number', () => {
    const a = mx.array([-(2 ** 31), 7]);
    for (const zero of [0, mx.array(0), mx.array([1, 1]).subtract(1)]) {
      const [quotient, remainder] = mx.divmod(a, zero);
      assert.deepEqual(quotient!.tolist(), mx.floor_divide(a, zero).tolist());
      assert.deepEqual(remainder!.tolist(), mx.remainder(a, zero).tolist());
    }
  });
});
