import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const [q, k, v] = mx.split(mx.arange(6), 3);
export const [B, L] = mx.zeros([2, 5]).shape;
export const [first, others] = py.unpack(mx.split(mx.arange(6), [2, 4]), 1, 0);
py.print(q, k, v, B, L, first, others.length, B * L);
//# sourceMappingURL=split_and_unpack.js.map
