import * as py from 'mlx/python';
const FIND = py.signature('find(xs, wanted)');

export function find(xs, wanted) {
  const named = py.keywords(FIND, arguments);
  if (named) ({ xs, wanted } = named);
  let finished = true;
  for (const [i, x] of py.enumerate(xs)) {
    if (py.bool(py.eq(x, wanted))) {
      py.print('found at', i);
      finished = false;
      break;
    }
  }
  if (finished) py.print('not found');
}

find([1, 2, 3], 2);
find([1, 2, 3], 9);
//# sourceMappingURL=else.js.map
