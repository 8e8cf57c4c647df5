import * as py from 'mlx/python';
export let v;
for (v of [
  0,
  1,
  0,
  py.float('nan'),
  '',
  'a',
  [],
  [0],
  py.Tuple.of(),
  py.Tuple.of(0),
  {},
  { a: 0 },
  py.set(),
  null,
  true,
]) {
  py.print(py.bool(v), py.bool(v) ? 'yes' : 'no', !py.bool(v));
}
//# sourceMappingURL=truth_of_everything.js.map
