import * as py from 'mlx/python';
export const xs = [0, 1, 2, 3, 4];
py.setitem(xs, '1:3', ['a', 'b', 'c']);
py.print(xs);
py.setitem(xs, '::2', [9, 9, 9]);
py.print(xs);
py.delitem(xs, 1);
py.delitem(xs, -1);
py.delitem(xs, '1:3');
py.print(xs);
//# sourceMappingURL=slice_assignment.js.map
