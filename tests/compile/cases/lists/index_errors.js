import * as py from 'mlx/python';
const GET = py.signature('get(xs, i)');

export function get(xs, i) {
  const named = py.keywords(GET, arguments);
  if (named) ({ xs, i } = named);
  try {
    return py.getitem(xs, i);
  } catch (error) {
    if (py.catches(error, py.IndexError)) {
      const e = error;
      return `IndexError: ${py.str(e)}`;
    } else {
      throw error;
    }
  }
}

py.print(get([1, 2], 1), get([1, 2], 2), get([1, 2], -3), get('ab', 5));
//# sourceMappingURL=index_errors.js.map
