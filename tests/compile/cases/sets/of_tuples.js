import * as py from 'mlx/python';
export const seen = py.set();
export let pair;
for (pair of [py.Tuple.of(1, 2), py.Tuple.of(2, 1), py.Tuple.of(1, 2)]) {
  py.add_item(seen, pair);
}
py.print(seen.size, py.contains(seen, py.Tuple.of(2, 1)), py.contains(seen, py.Tuple.of(9, 9)));
//# sourceMappingURL=of_tuples.js.map
