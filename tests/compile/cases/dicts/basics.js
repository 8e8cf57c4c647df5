import * as py from 'mlx/python';
export const d = { a: 1, b: 2 };
py.setitem(d, 'c', 3);
py.print(
  d,
  py.getitem(d, 'a'),
  py.len(d),
  py.contains(d, 'a'),
  py.contains(d, 'z'),
  py.get(d, 'z'),
  py.get(d, 'z', 0),
  [...py.iter(d)],
  [...py.keys(d)],
  [...py.values(d)],
);
export let k, v;
for ([k, v] of py.items(d)) {
  py.print(k, v);
}
py.delitem(d, 'a');
py.print(d, py.pop(d, 'b'), py.pop(d, 'b', null), d);
//# sourceMappingURL=basics.js.map
