import * as py from 'mlx/python';
export const xs = [3, 1, 2];
xs.push(4);
xs.push(...[5, 6]);
py.insert(xs, 0, 0);
py.print(
  xs,
  xs.length,
  xs[0],
  xs.at(-1),
  xs.pop(),
  py.pop(xs, 0),
  py.index_of(xs, 2),
  py.count(xs, 1),
);
py.remove(xs, 3);
py.reverse(xs);
py.print(xs, py.sorted(xs), py.sorted(xs, { reverse: true }));
//# sourceMappingURL=basics.js.map
