import * as py from 'mlx/python';
export const fs = [];
export let i;
for (i of py.range(3)) {
  fs.push(() => i);
}
py.print(fs.map((f) => f()));
//# sourceMappingURL=late_binding.js.map
