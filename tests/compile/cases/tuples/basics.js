import * as py from 'mlx/python';
export const t = py.Tuple.of(1, 'a', null);
py.print(
  py.tuple(t),
  t[0],
  t.at(-1),
  t.length,
  py.add(t, py.Tuple.of(2)),
  py.tuple(t.slice(1)),
  py.Tuple.of(1),
  py.Tuple.of(),
);
export const [a, b, c] = t;
py.print(
  a,
  b,
  c,
  py.eq(t, py.Tuple.of(1, 'a', null)),
  py.isinstance(t, py.tuple),
  py.isinstance([1], py.tuple),
);
//# sourceMappingURL=basics.js.map
