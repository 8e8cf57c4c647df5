import * as py from 'mlx/python';
py.print(py.divmod(7, 2), py.divmod(-7, 2), py.divmod(7, -2));
export const [q, r] = py.divmod(17, 5);
py.print(q, r);
//# sourceMappingURL=divmod.js.map
