import * as py from 'mlx/python';
export const [a, b] = [py.set([1, 2, 3]), py.set([2, 3, 4])];
py.print(
  py.sorted(py.or_(a, b)),
  py.sorted(py.and_(a, b)),
  py.sorted(py.sub(a, b)),
  py.sorted(py.xor(a, b)),
  py.le(py.set([2]), a),
  py.issubset(a, py.set([1, 2, 3, 9])),
);
py.update(a, [7, 8]);
py.difference_update(a, py.set([1]));
py.print(
  py.sorted(a),
  py.sorted(py.set([3, 1, 3])),
  py.sorted(py.set(Array.from({ length: 10 }, (_, x) => py.mod(x, 3)))),
);
//# sourceMappingURL=operations.js.map
