import * as py from 'mlx/python';
const F = py.signature('f(state, scale=1)');

export function f(state, scale = 1) {
  const named = py.keywords(F, arguments);
  if (named) ({ state, scale = 1 } = named);
  return py.Tuple.of(py.sorted(state), scale);
}

py.print(
  py.tuple(f({ w: 1 })),
  py.tuple(f({ w: 1 }, 2)),
  py.tuple(f({ scale: 3 })),
  py.tuple(f({ a: 1 }, { scale: 5 })),
  py.tuple(f({ state: { b: 2 } })),
);
//# sourceMappingURL=positional_dict.js.map
