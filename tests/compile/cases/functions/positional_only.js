import * as py from 'mlx/python';
const F = py.signature('f(a, b=2, /, c=3)');

export function f(a, b = 2, c = 3) {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b = 2, c = 3 } = named);
  return py.Tuple.of(a, b, c);
}

py.print(py.tuple(f(1)), py.tuple(f(1, 5)), py.tuple(f(1, { c: 9 })));
//# sourceMappingURL=positional_only.js.map
