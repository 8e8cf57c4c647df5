import * as py from 'mlx/python';
py.print(
  py.as_float(py.math.sqrt(2)),
  py.math.floor(-1.5),
  py.math.ceil(1.2),
  py.as_float(Math.PI),
  py.as_float(Infinity),
  py.as_float(py.math.log2(8)),
  py.math.prod([2, 3, 4]),
);
py.print(
  py.math.gcd(12, 18),
  py.math.isqrt(17),
  py.math.comb(5, 2),
  py.math.isclose(0.1 + 0.2, 0.3),
  py.math.factorial(20),
);
//# sourceMappingURL=math_module.js.map
