import * as py from 'mlx/python';
const F = py.signature('f(a, *, key)');

export function f(a) {
  let key;
  const named = py.keywords(F, arguments);
  if (named) ({ a, key } = named);
  return py.Tuple.of(a, key);
}

try {
  f(1);
} catch (error) {
  if (py.catches(error, py.TypeError)) {
    py.print('TypeError');
  } else {
    throw error;
  }
}
try {
  f();
} catch (error_) {
  if (py.catches(error_, py.TypeError)) {
    py.print('TypeError');
  } else {
    throw error_;
  }
}
//# sourceMappingURL=keyword_only_missing.js.map
