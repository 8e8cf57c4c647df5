import * as py from 'mlx/python';
const HALVES = py.signature('halves(n: int, m: int)');

export function halves(n, m) {
  const named = py.keywords(HALVES, arguments);
  if (named) ({ n, m } = named);
  return py.Tuple.of(py.floordiv(n, m), py.mod(n, m), py.floordiv(-n, m), py.mod(-n, m));
}

py.print(py.tuple(halves(7, 2)), py.tuple(halves(7, -2)), py.tuple(halves(-7, -2)));
py.print(
  py.as_float(Math.floor(7.5 / 2)),
  py.as_float(Math.floor(-7.5 / 2)),
  py.as_float(py.mod(7.5, -2)),
  py.as_float(py.mod(-7, 3.5)),
);
//# sourceMappingURL=floor_division.js.map
