import * as py from 'mlx/python';
export const matrix = [[1, 2], [3, 4]];
py.print(
  Array.from({ length: 2 }, (_, i) => matrix.map((row) => row[i])),
  Array.from({ length: 2 }, (_, y) => Array.from({ length: 3 }, (_, x) => x * y)),
);
//# sourceMappingURL=nested.js.map
