import * as py from 'mlx/python';
export const d = {};
export let k;
for (k of ['b', 'a', 'c']) {
  py.setitem(d, k, k.toUpperCase());
}
py.print(d, [...py.iter(d)], py.next(py.iter(d)));
//# sourceMappingURL=string_keys_stay_ordered.js.map
