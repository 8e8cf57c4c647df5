import * as py from 'mlx/python';
const LAST = py.signature('last(xs: list)');

export function last(xs) {
  const named = py.keywords(LAST, arguments);
  if (named) ({ xs } = named);
  py.setitem(xs, -1, 'end');
  return py.Tuple.of(xs.at(-1), xs.at(-2));
}

py.print(py.tuple(last([1, 2, 3])));
//# sourceMappingURL=negative_index.js.map
