import * as py from 'mlx/python';
export const x = 12345678901234567890n;
py.print(x, py.add(x, 1), py.floordiv(x, 7), py.mod(x, 1000), py.mul(x, x));
export const n = 9007199254740993n;
py.print(py.sub(n, 1), py.eq(n, 9007199254740993n));
//# sourceMappingURL=big_integers.js.map
