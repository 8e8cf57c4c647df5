import * as py from 'mlx/python';
export const [a, b] = [{ x: 1, y: 2 }, { y: 3, z: 4 }];
py.print(
  py.sorted(py.sub(py.keys(a), py.keys(b))),
  py.sorted(py.and_(py.keys(a), py.keys(b))),
  py.sorted(py.or_(py.keys(a), py.keys(b))),
);
//# sourceMappingURL=key_sets.js.map
