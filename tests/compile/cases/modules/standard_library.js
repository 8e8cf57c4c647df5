import * as py from 'mlx/python';
py.print(
  py.re.sub('\\d+', '#', 'a1b22'),
  py.re.match('(?P<k>\\w+)=(\\d+)', 'x=12').group('k', 2),
  py.re.findall('\\w', 'a b'),
);
py.print(
  py.re.fullmatch('a+', 'aaa') != null,
  py.re.compile('b').search('abc').start(),
  py.re.split(',', 'a,b'),
);
py.print(
  py.json.dumps({ a: [1, null, true] }),
  py.textwrap.indent('x\ny', '  '),
  py.os.path.join('a', 'b'),
);
py.print(py.copy.copy([1, [2]]), py.os.environ.get('NO_SUCH_VARIABLE', 'unset'));
//# sourceMappingURL=standard_library.js.map
