import * as py from 'mlx/python';
const F = py.signature('f(x)');

export function f(x) {
  const named = py.keywords(F, arguments);
  if (named) ({ x } = named);
  try {
    try {
      return py.getitem([1, 2], x);
    } catch (error) {
      if (py.catches(error, py.KeyError)) {
        return 'never';
      } else {
        throw error;
      }
    }
  } catch (error_) {
    if (py.catches(error_, py.IndexError)) {
      return 'outer';
    } else {
      throw error_;
    }
  }
}

py.print(f(0), f(5));
//# sourceMappingURL=nested.js.map
