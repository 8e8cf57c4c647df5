import * as py from 'mlx/python';
export const xs = [1, 2, 3, 4];
py.print(
  xs.map((x) => x * 2),
  xs.filter((x) => py.mod(x, 2)),
  Array.from({ length: 3 }, (_, x) => String(x)),
  Array.from({ length: 2 }, () => 0),
);
py.print(
  [...'ab'].flatMap((a) => Array.from({ length: 2 }, (_, b) => py.Tuple.of(a, b))),
  [[1], [2, 3]].flatMap((row) => row.filter((y) => y > 1)),
);
//# sourceMappingURL=lists.js.map
