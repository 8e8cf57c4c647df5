import * as py from 'mlx/python';
const COUNT = py.signature('count(n)');

export function* count(n) {
  const named = py.keywords(COUNT, arguments);
  if (named) ({ n } = named);
  for (const i of py.range(n)) {
    const received = yield i;
    if (py.bool(received)) py.print('got', received);
  }
}

py.print([...count(3)], py.sum(count(4)), [...count(2)]);
export const g = count(2);
py.print(py.next(g), py.next(g), py.next(g, 'done'));
//# sourceMappingURL=basics.js.map
