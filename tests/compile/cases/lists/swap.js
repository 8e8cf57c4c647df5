import * as py from 'mlx/python';
export let [a, b] = [1, 2];
[a, b] = [b, a];
export const xs = [1, 2, 3];
const [part, part_] = [xs[2], xs[0]];
xs[0] = part;
xs[2] = part_;
py.print(a, b, xs);
//# sourceMappingURL=swap.js.map
