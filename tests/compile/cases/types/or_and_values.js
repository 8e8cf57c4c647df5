import * as py from 'mlx/python';
const PICK = py.signature('pick(a, b)');

export function pick(a, b) {
  const named = py.keywords(PICK, arguments);
  if (named) ({ a, b } = named);
  return py.Tuple.of(py.bool(a) ? a : b, py.bool(a) ? b : a);
}

py.print(
  py.tuple(pick(0, 'b')),
  py.tuple(pick([], [1])),
  py.tuple(pick('a', null)),
  py.tuple(pick(null, {})),
  py.tuple(pick({ k: 1 }, 2)),
);
//# sourceMappingURL=or_and_values.js.map
