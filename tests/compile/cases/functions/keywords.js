import * as py from 'mlx/python';
const F = py.signature('f(a, b=2, *, c=3, d)');

export function f(a, b = 2) {
  let c = 3;
  let d;
  const named = py.keywords(F, arguments);
  if (named) ({ a, b = 2, c = 3, d } = named);
  return py.Tuple.of(a, b, c, d);
}

py.print(
  py.tuple(f(1, { d: 4 })),
  py.tuple(f(1, 5, { d: 6, c: 7 })),
  py.tuple(f({ a: 1, b: 2, c: 3, d: 4 })),
  py.tuple(f({ d: 1, a: 2 })),
);
//# sourceMappingURL=keywords.js.map
