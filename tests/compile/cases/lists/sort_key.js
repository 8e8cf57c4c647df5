import * as py from 'mlx/python';
export const words = ['pear', 'fig', 'banana'];
py.sort(words, { key: py.len });
py.print(
  words,
  py.sorted(words, { key: (w) => py.getitem(w, -1) }),
  py.sorted([py.Tuple.of(2, 'b'), py.Tuple.of(1, 'z'), py.Tuple.of(2, 'a')]),
);
py.sort(words, { reverse: true });
py.print(words);
//# sourceMappingURL=sort_key.js.map
