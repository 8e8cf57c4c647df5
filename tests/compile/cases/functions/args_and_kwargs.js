import * as py from 'mlx/python';
const F = py.signature('f(*args, **kwargs)');

export function f(...args) {
  let kwargs = {};
  const named = py.keywords(F, arguments);
  if (named) ({ args, kwargs } = named);
  args = py.tuple(args);
  return py.Tuple.of(args, py.sorted(py.items(kwargs)));
}

const G = py.signature('g(first, *rest, flag=False, **more)');

export function g(first, ...rest) {
  let flag = false;
  let more = {};
  const named = py.keywords(G, arguments);
  if (named) ({ first, rest, flag = false, more } = named);
  rest = py.tuple(rest);
  return py.Tuple.of(first, rest, flag, more);
}

py.print(
  py.tuple(f(1, 2, { a: 3 })),
  py.tuple(f()),
  py.tuple(g(1)),
  py.tuple(g(1, 2, 3, { flag: true, x: 9 })),
);
//# sourceMappingURL=args_and_kwargs.js.map
