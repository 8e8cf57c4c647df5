import * as py from 'mlx/python';
export const x = 12345678901234567890n;
py.print(x, x + 1, Math.floor(x / 7), py.mod(x, 1000), x * x);
export const n = 9007199254740993n;
py.print(n - 1, n === 9007199254740993n);
//# sourceMappingURL=big_integers.js.map
