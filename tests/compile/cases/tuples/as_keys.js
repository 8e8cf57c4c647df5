import * as py from 'mlx/python';
export const cache = new Map();
py.setitem(cache, py.Tuple.of(1, 2), 'x');
py.setitem(cache, py.Tuple.of(1, 3), 'y');
py.print(
  py.getitem(cache, py.Tuple.of(1, 2)),
  py.contains(cache, py.Tuple.of(1, 3)),
  py.contains(cache, py.Tuple.of(2, 2)),
  py.len(cache),
);
//# sourceMappingURL=as_keys.js.map
