import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const x = mx.arange(24).reshape(2, 3, 4);
export const n = 2;
py.print(
  x.get(0, 1),
  x.get('...', 0),
  py.tuple(x.get(':', '1:', '::2').shape),
  py.tuple(x.get(0, ':', null).shape),
  x.get(-1, -1, -1),
  py.tuple(x.get(':', mx.slice_(null, n)).shape),
  x.get(n - 1, mx.slice_(n, null)),
);
export const i = mx.array([0, 2]);
py.print(
  x.get(0, i, 0),
  py.tuple(x.get(':', [0, 1]).shape),
  py.tuple(x.get(mx.array([1])).shape),
  x.get(0, 1),
  py.tuple(x.get(mx.slice_(0, 1)).shape),
);
x.set([0, 0], 9);
x.set([':', 1, mx.slice_(null, n)], mx.zeros([2, 2], { dtype: x.dtype }));
x.set([1], py.iadd(x.get(1), 1));
py.print(x);
//# sourceMappingURL=indexing.js.map
