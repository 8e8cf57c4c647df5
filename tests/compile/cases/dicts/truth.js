import * as py from 'mlx/python';
const F = py.signature('f(d: dict)');

export function f(d) {
  const named = py.keywords(F, arguments);
  if (named) ({ d } = named);
  return py.bool(d) ? 'yes' : 'no';
}

py.print(f({}), f({ a: 0 }), py.bool({}), !py.bool({}));
//# sourceMappingURL=truth.js.map
