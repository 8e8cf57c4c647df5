import * as py from 'mlx/python';
const F = py.signature('f(x)');

export function f(x) {
  const named = py.keywords(F, arguments);
  if (named) ({ x } = named);
  if (!py.bool(py.gt(x, 0))) throw new py.AssertionError(`x is ${py.str(x)}`);
  return x;
}

try {
  f(-1);
} catch (error) {
  if (py.catches(error, py.AssertionError)) {
    const e = error;
    py.print('assertion', e);
  } else {
    throw error;
  }
}
py.print(f(2));
//# sourceMappingURL=assert.js.map
