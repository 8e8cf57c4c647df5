import * as py from 'mlx/python';
const THREE = py.signature('three(values)');

export function three(values) {
  const named = py.keywords(THREE, arguments);
  if (named) ({ values } = named);
  try {
    const [a, b, c] = py.unpack(values, 3);
    return py.add(py.add(a, b), c);
  } catch (error) {
    if (py.catches(error, py.ValueError)) {
      const e = error;
      return py.str(e);
    } else {
      throw error;
    }
  }
}

py.print(three([1, 2, 3]), three([1]), three([1, 2, 3, 4]));
//# sourceMappingURL=unpack_errors.js.map
