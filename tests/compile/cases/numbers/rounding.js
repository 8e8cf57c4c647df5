import * as py from 'mlx/python';
py.print(
  py.round(2.5),
  py.round(3.5),
  py.round(-2.5),
  py.as_float(py.round(2.675, 2)),
  py.as_float(py.round(1.25, 1)),
  py.round(1234, -2),
);
py.print(
  py.int(3.9),
  py.int(-3.9),
  py.int('42'),
  py.as_float(py.float('1e3')),
  Math.abs(-3),
  py.as_float(Math.abs(-2.5)),
);
//# sourceMappingURL=rounding.js.map
