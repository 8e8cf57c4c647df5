import * as py from 'mlx/python';
const F = py.signature('f(x)');

export function f(x) {
  const named = py.keywords(F, arguments);
  if (named) ({ x } = named);
  let succeeded = false;
  try {
    let value;
    try {
      value = py.int(x);
      succeeded = true;
    } catch (error) {
      if (py.catches(error, py.ValueError)) {
        py.print('bad', x);
      } else {
        throw error;
      }
    }
    if (succeeded) py.print('good', value);
  } finally {
    py.print('end');
  }
}

f('1');
f('x');
//# sourceMappingURL=else_clause.js.map
