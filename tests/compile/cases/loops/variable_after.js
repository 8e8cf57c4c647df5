import * as py from 'mlx/python';
export let i, last;
for (i of py.range(3)) {
  last = i;
}
py.print(i, last);
//# sourceMappingURL=variable_after.js.map
