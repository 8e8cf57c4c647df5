import * as py from 'mlx/python';
const PAIR = py.signature('pair(x)');

export function pair(x) {
  const named = py.keywords(PAIR, arguments);
  if (named) ({ x } = named);
  return py.Tuple.of(x, py.mul(x, 2));
}

export const result = pair(3);
export const [a, b] = pair(4);
py.print(py.tuple(result), a, b, py.name_of(py.type(result)));
//# sourceMappingURL=return_values.js.map
