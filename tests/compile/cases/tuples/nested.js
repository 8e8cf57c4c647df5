import * as py from 'mlx/python';
export const shape = py.Tuple.of(2, 3);
export const x = py.Tuple.of(shape, [1], { k: py.Tuple.of(4) });
py.print(py.tuple(x), x[0][1], py.tuple([...shape, 4]));
//# sourceMappingURL=nested.js.map
