import * as py from 'mlx/python';
export const xs = [1, 2, 3, 4];
export let x;
for (x of [...xs]) {
  if (py.mod(x, 2) === 0) py.remove(xs, x);
}
py.print(xs);
//# sourceMappingURL=modified_while_copying.js.map
