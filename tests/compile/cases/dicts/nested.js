import * as py from 'mlx/python';
export const config = { model: { dims: [1, 2] }, name: 'm' };
py.setitem(py.getitem(config, 'model'), 'heads', 4);
let key, target;
py.sequence(
  target = py.getitem(py.getitem(config, 'model'), 'dims'),
  key = 0,
  py.setitem(target, key, py.iadd(py.getitem(target, key), 10)),
);
py.print(config, py.get(py.get(py.getitem(config, 'model'), 'none', {}), 'deep'));
//# sourceMappingURL=nested.js.map
