import * as py from 'mlx/python';

export function f() {
  let n = 3;
  const out = [];
  for (const i of py.range(n)) {
    n = 1;
    out.push(i);
  }
  return py.Tuple.of(out, n);
}

py.print(py.tuple(f()));
//# sourceMappingURL=range_end_changes.js.map
