import * as py from 'mlx/python';
py.print(
  py.str_format('{} {}', 1, 'a'),
  py.str_format('{1} {0}', 'x', 'y'),
  py.str_format('{name}: {v:.1f}', { name: 'n', v: 2.25 }),
);
//# sourceMappingURL=format_method.js.map
