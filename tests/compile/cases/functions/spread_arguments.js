import * as py from 'mlx/python';
const F = py.signature('f(a, b, c)');

export function f(a, b, c) {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b, c } = named);
  return py.Tuple.of(a, b, c);
}

export const xs = [2, 3];
py.print(
  py.tuple(f(1, ...xs)),
  py.tuple(f(...'abc')),
  py.tuple(f(...py.kwargs({ a: 1, b: 2, c: 3 }))),
  py.tuple(f(1, ...py.kwargs({ b: 2, c: 3 }))),
);
//# sourceMappingURL=spread_arguments.js.map
