import * as py from 'mlx/python';
export const names = new Map();
export let i;
for (i of py.range(3)) {
  py.setitem(names, i * 10, String(i));
}
py.print(
  names,
  py.getitem(names, 10),
  py.contains(names, 20),
  py.sorted(py.items(names)),
  py.getitem(py.dict([[1, 'a'], [2, 'b']]), 2),
);
//# sourceMappingURL=integer_keys.js.map
