import * as py from 'mlx/python';
const NOISY = py.signature('noisy(x)');

export function noisy(x) {
  const named = py.keywords(NOISY, arguments);
  if (named) ({ x } = named);
  py.print('made', x);
  return x;
}

export const g = py.generate([1, 2, 3], (x) => noisy(x), (x) => x !== 2);
py.print('before');
py.print(py.next(g), py.next(g), py.next(g, 'end'));
//# sourceMappingURL=lazy.js.map
