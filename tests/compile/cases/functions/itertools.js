import * as py from 'mlx/python';
py.print([...py.itertools.accumulate([1, 2, 3])], [...py.itertools.chain([1], [2, 3])], [
  ...py.iter(py.itertools.product([1, 2], 'ab')),
]);
py.print(
  [...py.iter(py.itertools.zip_longest([1, 2], [3]))],
  [...py.itertools.islice(py.range(100), 2, 8, 3)],
  [...py.iter(py.itertools.chain.from_iterable([[1], [2]]))],
);
//# sourceMappingURL=itertools.js.map
