import * as py from 'mlx/python';
export const pairs = [
  py.Tuple.of(py.Tuple.of(1, 2), py.Tuple.of(3, 4)),
  py.Tuple.of(py.Tuple.of(5, 6), py.Tuple.of(7, 8)),
];
export let _, __, a, b;
for ([[_, a], [__, b]] of pairs) {
  py.print(a, b);
}
export let ___, x;
[_, x, ___] = [1, 2, 3];
export let ____, p;
[[_, p], ____] = [py.Tuple.of(1, 2), 3];
py.print(
  x,
  p,
  pairs.map(([[_, a], [__, b]]) => a + b),
  py.dict(pairs.map(([[a, _], [b, __]]) => [a, b])),
);
//# sourceMappingURL=repeated_names.js.map
