import * as py from 'mlx/python';
py.print(
  py.lt(py.Tuple.of(1, 2), py.Tuple.of(1, 3)),
  py.gt(py.Tuple.of(1, 'b'), py.Tuple.of(1, 'a')),
  py.max(py.Tuple.of(1, 5), py.Tuple.of(2, 0)),
  py.sorted([py.Tuple.of(3), py.Tuple.of(1), py.Tuple.of(2)]),
);
//# sourceMappingURL=comparison.js.map
