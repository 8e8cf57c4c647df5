import * as py from 'mlx/python';
const F = py.signature('f(x: np.ndarray | None = None)');

export function f(x = null) {
  const named = py.keywords(F, arguments);
  if (named) ({ x = null } = named);
  return x == null;
}

py.print(f());
//# sourceMappingURL=type_checking.js.map
