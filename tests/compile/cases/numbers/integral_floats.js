import * as py from 'mlx/python';
const HALF = py.signature('half(x: float)');

export function half(x) {
  const named = py.keywords(HALF, arguments);
  if (named) ({ x } = named);
  return x / 2;
}

py.print(`${py.str(py.as_float(half(4)))}`, py.as_float(half(3)), py.str(py.as_float(half(8))));
export const scale = 2;
py.print(py.as_float(scale), `${py.str(py.as_float(scale))}`, py.as_float([1, 2.5]));
//# sourceMappingURL=integral_floats.js.map
