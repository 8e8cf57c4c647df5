import * as py from 'mlx/python';
export const xs = [1, 2, 3];
py.print(
  xs.some((x) => x > 2),
  xs.every((x) => x > 0),
  py.sum(xs.map((x) => x * x)),
  py.max(py.generate(xs, (x) => py.mod(x, 3))),
);
py.print(
  py.any(
    (function* () {
      for (const x of xs) {
        for (const y of [3]) {
          yield x > y;
        }
      }
    })(),
  ),
  py.tuple(xs.slice()),
  py.sorted([2, 1].slice()),
  py.join('', xs.map((x) => String(x))),
);
//# sourceMappingURL=quantifiers.js.map
