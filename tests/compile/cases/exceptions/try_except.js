import * as py from 'mlx/python';
const F = py.signature('f(x)');

export function f(x) {
  const named = py.keywords(F, arguments);
  if (named) ({ x } = named);
  try {
    return py.floordiv(10, x);
  } catch (error) {
    if (py.catches(error, py.ZeroDivisionError)) {
      return 'zero';
    } else if (py.catches(error, py.TypeError, py.ValueError)) {
      const e = error;
      return py.name_of(py.type(e));
    } else {
      throw error;
    }
  } finally {
    py.print('done', x);
  }
}

py.print(f(2), f(0), f('a'));
//# sourceMappingURL=try_except.js.map
