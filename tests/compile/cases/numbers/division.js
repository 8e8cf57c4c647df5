import * as py from 'mlx/python';
const RATIO = py.signature('ratio(a: int, b: int)');

export function ratio(a, b) {
  const named = py.keywords(RATIO, arguments);
  if (named) ({ a, b } = named);
  return a / b;
}

py.print(py.as_float(ratio(1, 4)), ratio(3, 3) > 0.5, py.as_float(2 / 3));
//# sourceMappingURL=division.js.map
