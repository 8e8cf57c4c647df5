import * as py from 'mlx/python';
const SCALE_INIT = py.signature('Scale(by)');
const SCALE_CALL = py.signature('Scale.__call__(x, shift=0)');

export class Scale extends py.Object {
  __init__(by) {
    const named = py.keywords(SCALE_INIT, arguments);
    if (named) ({ by } = named);
    this.by = by;
  }

  __call__(x, shift = 0) {
    const named = py.keywords(SCALE_CALL, arguments);
    if (named) ({ x, shift = 0 } = named);
    return py.add(py.mul(x, this.by), shift);
  }
}

export const double = new Scale(2);
py.print(
  double(4),
  double(4, { shift: 1 }),
  [...py.map(double, [1, 2])],
  py.callable(double),
  py.callable(3),
  double.by,
);
//# sourceMappingURL=callable.js.map
