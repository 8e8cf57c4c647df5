import * as py from 'mlx/python';
export const pairs = [py.Tuple.of('a', 1), py.Tuple.of('b', 2)];
py.print(
  Object.fromEntries(pairs.map(([k, v]) => [k, v])),
  py.dict(pairs.map(([k, v]) => [v, k])),
  py.eq(py.set(pairs.map(([k, _]) => k)), py.set(['a', 'b'])),
);
//# sourceMappingURL=dict_pairs.js.map
