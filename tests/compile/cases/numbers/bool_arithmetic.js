import * as py from 'mlx/python';
py.print(
  true + true,
  py.sum([true, false, true]),
  py.eq(true, 1),
  py.eq(false, 0),
  py.int(true),
  true * 3,
);
//# sourceMappingURL=bool_arithmetic.js.map
