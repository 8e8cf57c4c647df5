import * as py from 'mlx/python';
export let kinds, v;
for (v of [
  1,
  1.5,
  true,
  's',
  null,
  [1],
  py.Tuple.of(1),
  { a: 1 },
  py.set([1]),
  Uint8Array.of(120),
]) {
  kinds = [
    py.isinstance(v, py.int),
    py.isinstance(v, [py.float, py.str]),
    py.isinstance(v, [py.list, py.tuple]),
    py.isinstance(v, py.dict),
  ];
  py.print(py.name_of(py.type(v)), kinds, typeof v === 'boolean', py.isinstance(v, py.set));
}
//# sourceMappingURL=isinstance.js.map
