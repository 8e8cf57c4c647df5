import * as py from 'mlx/python';
export const squares = py.dict(Array.from({ length: 4 }, (_, n) => [n, n * n]));
export const named = Object.fromEntries(
  [...py.Tuple.of('a', 'bb')].filter((k) => k !== 'c').map((k) => [k, k.length]),
);
export const swapped = py.dict(Array.from(py.items(named), ([k, v]) => [v, k]));
py.print(squares, named, swapped);
//# sourceMappingURL=comprehension.js.map
