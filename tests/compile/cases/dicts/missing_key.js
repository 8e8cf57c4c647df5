import * as py from 'mlx/python';
const LOOK = py.signature('look(d, key)');

export function look(d, key) {
  const named = py.keywords(LOOK, arguments);
  if (named) ({ d, key } = named);
  try {
    return py.getitem(d, key);
  } catch (error) {
    if (py.catches(error, py.KeyError)) {
      const e = error;
      return `missing ${py.str(e)}`;
    } else {
      throw error;
    }
  }
}

py.print(look({ a: 1 }, 'a'), look({ a: 1 }, 'b'), look(py.dict([[1, 2]]), 3));
//# sourceMappingURL=missing_key.js.map
