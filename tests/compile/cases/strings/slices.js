import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const s = 'abcdefgh';
py.print(
  py.getitem(s, 0),
  py.getitem(s, -1),
  s.slice(1, 3),
  s.slice(0, -2),
  py.getitem(s, mx.slice_(null, null, 2)),
  py.getitem(s, mx.slice_(null, null, -1)),
  py.getitem(s, mx.slice_(5, 1, -2)),
  s.slice(10),
);
//# sourceMappingURL=slices.js.map
