import * as py from 'mlx/python';
py.print(
  Math.min(3, 1, 2),
  py.max([4, 9, 2]),
  py.max('a', 'bc', { key: py.len }),
  py.min([], { default: 0 }),
  Math.max(1, 2.5),
);
//# sourceMappingURL=min_max.js.map
