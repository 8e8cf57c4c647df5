import * as py from 'mlx/python';
export const a = [1, 2];
export const b = py.Tuple.of(3, 4);
py.print([...a, ...b, 5], py.Tuple.of(...a, 0), py.eq(py.set([...a, ...b]), py.set([1, 2, 3, 4])));
//# sourceMappingURL=star_displays.js.map
