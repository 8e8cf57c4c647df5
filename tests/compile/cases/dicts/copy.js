import * as py from 'mlx/python';
export const a = { x: [1] };
export const b = py.copied(a);
export const c = py.copy.deepcopy(a);
py.setitem(b, 'y', 2);
py.getitem(a, 'x').push(2);
py.print(a, b, c);
//# sourceMappingURL=copy.js.map
