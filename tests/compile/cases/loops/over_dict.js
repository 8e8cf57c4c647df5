import * as py from 'mlx/python';
export const d = { a: 1, b: 2 };
export let k;
for (k of py.iter(d)) {
  py.print(k, py.getitem(d, k));
}
py.print([...py.iter(d)], py.sorted(d), py.max(d), [...py.reversed([1, 2])]);
//# sourceMappingURL=over_dict.js.map
