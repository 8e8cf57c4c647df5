import * as py from 'mlx/python';
const DESCRIBE = py.signature('describe(xs: list)');

export function describe(xs) {
  const named = py.keywords(DESCRIBE, arguments);
  if (named) ({ xs } = named);
  if (xs.length === 0) return 'empty';
  return xs.length > 0 ? 'full' : 'never';
}

py.print(describe([]), describe([0]), [].length > 0, [[]].length > 0);
//# sourceMappingURL=truth.js.map
