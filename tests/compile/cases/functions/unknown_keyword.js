import * as py from 'mlx/python';
const F = py.signature('f(a: int, b: int = 1)');

export function f(a, b = 1) {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b = 1 } = named);
  return a + b;
}

try {
  py.print(f(1, { c: 2 }));
} catch (error) {
  if (py.catches(error, py.TypeError)) {
    const e = error;
    py.print(py.str(e).includes('c'));
  } else {
    throw error;
  }
}
//# sourceMappingURL=unknown_keyword.js.map
