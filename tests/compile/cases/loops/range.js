import * as py from 'mlx/python';
py.print(
  [...py.range(5)],
  [...py.range(2, 8, 3)],
  [...py.range(5, 0, -2)],
  py.len(py.range(10)),
  py.contains(py.range(5), 3),
);
export let i, j;
for (i of py.range(2)) {
  for (j of py.range(i, 2)) {
    py.print(i, j);
  }
}
//# sourceMappingURL=range.js.map
