import * as py from 'mlx/python';
export const xs = [0, 1, 2, 3, 4, 5];
py.print(
  xs.slice(1, 3),
  xs.slice(0, 2),
  xs.slice(-2),
  py.getitem(xs, '::2'),
  py.getitem(xs, '::-1'),
  py.getitem(xs, '4:0:-2'),
  xs.slice(),
  xs.slice(2, 100),
);
export const n = 2;
py.print(xs.slice(n), xs.slice(0, -n), xs.slice(n, n + 2));
//# sourceMappingURL=slices.js.map
