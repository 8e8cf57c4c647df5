import * as py from 'mlx/python';
py.print(2 ** 10, 2 ** -1, (-2) ** 3, -(2 ** 2), py.as_float(2 ** 0.5));
py.print(9223372036854775808n, py.sub(18446744073709551616n, 1), 717897987691852588770249n);
//# sourceMappingURL=power.js.map
