import * as py from 'mlx/python';
export let n = 10;
n += 5;
n -= 1;
n *= 3;
n = Math.floor(n / 4);
n **= 2;
n = py.mod(n, 7);
py.print(n);
export let x = 7;
x /= 2;
py.print(py.as_float(x));
//# sourceMappingURL=augmented.js.map
