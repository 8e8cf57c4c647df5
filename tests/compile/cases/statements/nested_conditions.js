import * as py from 'mlx/python';
const F = py.signature('f(a, b)');

export function f(a, b) {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b } = named);
  let result;
  if (py.bool(a)) {
    if (py.bool(b)) {
      result = 'both';
    } else {
      result = 'a';
    }
  } else if (py.bool(b)) {
    result = 'b';
  } else {
    result = 'none';
  }
  return result;
}

py.print(f(1, 1), f(1, 0), f(0, 1), f(0, 0));
//# sourceMappingURL=nested_conditions.js.map
