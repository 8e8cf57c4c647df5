import * as py from 'mlx/python';
const F = py.signature('f(*, a=1, b=2)');

export function f() {
  let a = 1;
  let b = 2;
  const named = py.keywords(F, arguments);
  if (named) ({ a = 1, b = 2 } = named);
  return py.Tuple.of(a, b);
}

py.print(py.tuple(f()), py.tuple(f({ b: 5 })), py.tuple(f({ a: 3, b: 4 })));
//# sourceMappingURL=star_only.js.map
