import * as py from 'mlx/python';
export const [name, n] = ['mlx', 3];
py.print(`${name} has ${n} letters`, `${py.repr(name)}`, `${n + 1}`, '{braces}');
//# sourceMappingURL=fstring_plain.js.map
