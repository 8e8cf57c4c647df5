import * as py from 'mlx/python';
py.print(
  py.as_float(1e-5),
  py.as_float(1e16),
  py.as_float(123456789.125),
  py.as_float(0.1 + 0.2),
  py.as_float(1e100),
  py.as_float(1),
  py.as_float(-0),
  py.as_float(0.0001),
  py.as_float(2.5e-10),
);
py.print(py.as_float(py.float('inf')), py.as_float(py.float('-inf')), py.as_float(py.float('nan')));
//# sourceMappingURL=float_text.js.map
