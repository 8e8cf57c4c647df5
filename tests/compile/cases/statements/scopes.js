import * as py from 'mlx/python';
export const x = 'module';

export function outer() {
  const x = 'outer';

  function inner() {
    return x;
  }

  function own() {
    const x = 'own';
    return x;
  }

  return py.Tuple.of(inner(), own(), x);
}

py.print(py.tuple(outer()), x);
//# sourceMappingURL=scopes.js.map
