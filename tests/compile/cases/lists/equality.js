import * as py from 'mlx/python';
py.print(
  py.eq([1, 2], [1, 2]),
  py.eq([1, [2]], [1, [2]]),
  py.ne([1], [2]),
  py.lt([1, 2], [1, 3]),
  py.lt([1], [1, 0]),
);
//# sourceMappingURL=equality.js.map
