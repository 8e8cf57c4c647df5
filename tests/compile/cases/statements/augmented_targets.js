import * as py from 'mlx/python';
export const d = { n: 1 };
export const xs = [1, 2, 3];
py.setitem(d, 'n', py.getitem(d, 'n') + 5);
xs[1] = xs[1] * 10;
py.setitem(xs, -1, xs.at(-1) - 1);

export function index() {
  py.print('once');
  return 0;
}

let key, target;
py.sequence(target = xs, key = index(), py.setitem(target, key, py.getitem(target, key) + 100));
py.print(d, xs);
//# sourceMappingURL=augmented_targets.js.map
