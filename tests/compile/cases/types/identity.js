import * as py from 'mlx/python';
export const x = null;
export const y = [1];
py.print(x == null, x != null, y === y, y !== [1], !x);
//# sourceMappingURL=identity.js.map
