import * as py from 'mlx/python';
export const groups = {};
export let w;
for (w of ['apple', 'avocado', 'bean']) {
  py.setdefault(groups, py.getitem(w, 0), []).push(w);
}
py.print(groups);
//# sourceMappingURL=setdefault.js.map
