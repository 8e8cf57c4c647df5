import * as py from 'mlx/python';
export const [width, digits] = [10, 3];
py.print(`${py.format(py.as_float(3.14159), `${width}.${digits}f`)}|${py.format('x', `${width}`)}`);
//# sourceMappingURL=fstring_nested.js.map
