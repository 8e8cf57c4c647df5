import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const xs = [0, 1, 2, 3, 4, 5];
py.print(
  xs.slice(1, 3),
  xs.slice(0, 2),
  xs.slice(-2),
  py.getitem(xs, mx.slice_(null, null, 2)),
  py.getitem(xs, mx.slice_(null, null, -1)),
  py.getitem(xs, mx.slice_(4, 0, -2)),
  xs.slice(),
  xs.slice(2, 100),
);
export const n = 2;
py.print(xs.slice(n), xs.slice(0, -n), xs.slice(n, n + 2));
//# sourceMappingURL=slices.js.map
