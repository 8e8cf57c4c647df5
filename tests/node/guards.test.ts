// What MLX would read or write outside of an array ends in an error here (native/guards.h).

// What MLX would read or write outside of an array ends in an error here (native/guards.h).
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const i32 = (values: any) => mx.array(values, mx.int32);

const calls: [name: string, call: () => unknown, error: any, message: RegExp][] = [
  [
    'an update with more dimensions than the array',
    () => mx.slice_update(mx.zeros([4]), mx.zeros([2, 4]), i32([1]), [0]),
    mlx.ValueError,
    /slice_update\(\): An update of 2 dimensions does not fit an array of 1/,
  ],
  [
    'an update that ends behind the array',
    () => mx.slice_update(mx.zeros([4, 4]), mx.zeros([2, 4]), i32([3]), [0]),
    mlx.IndexError,
    /slice_update\(\): A slice of 2 elements cannot start at 3 of 4/,
  ],
  [
    'an update of a row behind the last one',
    () => mx.slice_update(mx.zeros([4, 4]), mx.zeros([4]), i32([100]), [0]),
    mlx.IndexError,
    /slice_update\(\): A slice of 1 elements cannot start at 100 of 4/,
  ],
  [
    'a slice that begins before the array',
    () => mx.slice(mx.zeros([4]), i32([-1]), [0], [2]),
    mlx.IndexError,
    /slice\(\): A slice of 2 elements cannot start at -1 of 4/,
  ],
  [
    'strides that leave the array',
    () => mx.as_strided(mx.zeros([4]), [4], [2]),
    mlx.ValueError,
    /as_strided\(\): .* outside of 4 elements/,
  ],
  ['a position behind an axis', () => mx.take(mx.zeros([4]), i32([4]), 0), mlx.IndexError, /take\(\): .*4/],
];

describe('memory outside of an array is not touched by', () => {
  for (const [name, call, error, message] of calls) it(name, () => throws(call, error, message));
});
