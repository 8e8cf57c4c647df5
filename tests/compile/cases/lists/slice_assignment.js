import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const xs = [0, 1, 2, 3, 4];
py.setitem(xs, mx.slice_(1, 3), ['a', 'b', 'c']);
py.print(xs);
py.setitem(xs, mx.slice_(null, null, 2), [9, 9, 9]);
py.print(xs);
py.delitem(xs, 1);
py.delitem(xs, -1);
py.delitem(xs, mx.slice_(1, 3));
py.print(xs);
//# sourceMappingURL=slice_assignment.js.map
