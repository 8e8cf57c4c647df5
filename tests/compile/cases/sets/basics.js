import * as py from 'mlx/python';
export const s = py.set([1, 2, 3]);
s.add(3);
s.add(4);
py.discard(s, 9);
py.remove(s, 1);
py.print(py.sorted(s), s.has(2), s.size, py.eq(s, py.set([2, 3, 4])), py.set(), py.set().size > 0);
//# sourceMappingURL=basics.js.map
