import * as py from 'mlx/python';
export const [first, ...rest] = [1, 2, 3];
export const [start, end] = py.unpack([1, 2, 3], 0, 1);
export const [a, middle, z] = py.unpack([1, 2, 3, 4], 1, 1);
export const [[p, q], r] = [py.Tuple.of(1, 2), 3];
py.print(first, rest, start, end, a, middle, z, p, q, r);
//# sourceMappingURL=unpacking.js.map
