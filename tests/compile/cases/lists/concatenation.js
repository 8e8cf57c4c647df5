import * as py from 'mlx/python';
export const xs = [1, 2, 3];
export const ys = [...xs, 4];
py.print(xs, ys, py.mul([0], 3), py.mul([[]], 2), py.mul(xs, 2));
//# sourceMappingURL=concatenation.js.map
