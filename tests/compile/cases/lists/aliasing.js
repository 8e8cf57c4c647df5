import * as py from 'mlx/python';
export const a = [1];
export const b = a;
b.push(2);
b.push(3);
export const c = [...a, 4];
py.print(a, b === a, c, py.eq(a, [1, 2, 3]));
//# sourceMappingURL=aliasing.js.map
