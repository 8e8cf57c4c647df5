import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const x = mx.array([[1, 2], [3, 4]]);
export let row;
for (row of x) {
  py.print(row);
}
export const [a, b] = py.unpack(x, 2);
py.print(
  a,
  b,
  py.len(x),
  Array.from(x, (r) => r.sum().item()),
  py.sum(x),
  py.max(mx.array([3, 1]).tolist()),
);
//# sourceMappingURL=iteration.js.map
