import * as py from 'mlx/python';
export const s = '  Hello, World  ';
py.print(
  py.strip(s),
  s.toLowerCase(),
  s.toUpperCase(),
  py.strip(s).split(', '),
  s.replaceAll('l', 'L'),
);
py.print(
  'a,b,c'.split(','),
  py.split('a b  c'),
  py.split('a.b.c', '.', 1),
  py.rsplit('a.b.c', '.', 1),
  py.partition('x=1', '='),
);
py.print(
  'abc'.startsWith('ab'),
  py.endswith('abc', py.Tuple.of('x', 'c')),
  py.find('abc', 'c'),
  py.find('abc', 'z'),
  py.count('aXbX', 'X'),
);
py.print(
  ['a', 'b'].join('-'),
  py.title('title case'),
  py.capitalize('cap'),
  py.zfill('7', 3),
  py.isdigit('42'),
  py.isalnum('a1'),
);
py.print(
  py.removeprefix('prefix_x', 'prefix_'),
  py.removesuffix('x_suffix', '_suffix'),
  py.splitlines('a\nb\n'),
);
py.print(py.center('ab', 6, '*'), py.ljust('ab', 4) + '|', py.rjust('ab', 4));
//# sourceMappingURL=methods.js.map
