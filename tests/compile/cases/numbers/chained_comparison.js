import * as py from 'mlx/python';
const INSIDE = py.signature('inside(x: float, low: float, high: float)');

export function inside(x, low, high) {
  const named = py.keywords(INSIDE, arguments);
  if (named) ({ x, low, high } = named);
  return low <= x && x < high;
}

py.print(inside(1, 0, 1), inside(0.5, 0, 1), 1 < 2 && 2 < 3 && 3 > 2, 3 > 2 && 2 > 2);
//# sourceMappingURL=chained_comparison.js.map
