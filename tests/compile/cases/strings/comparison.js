import * as py from 'mlx/python';
py.print(py.lt('a', 'b'), 'abc' === 'abc', 'a' !== 'b', py.lt('Z', 'a'), py.max('b', 'a'));
//# sourceMappingURL=comparison.js.map
