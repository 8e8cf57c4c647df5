import * as py from 'mlx/python';
py.print(py.percent('%d %s %.2f %5d|%-5s|%x %%', py.Tuple.of(3, 'a', 2.5, 42, 'b', 255)));
py.print(py.percent('%s', 'one'), py.percent('%r', 'two'));
//# sourceMappingURL=percent.js.map
