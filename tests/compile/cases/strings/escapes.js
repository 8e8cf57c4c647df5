import * as py from 'mlx/python';
py.print('tab\tquote\'"', 'back\\slash', 'new\\n', 'raw\\n', 'unicode: é ☃');
py.print(py.repr("a'b"), py.repr('a"b'), py.repr('a\nb'), py.repr('\u0001'));
//# sourceMappingURL=escapes.js.map
