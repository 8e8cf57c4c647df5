import * as py from 'mlx/python';
const POINT_INIT = py.signature('Point(x, y=0)');
const POINT_MOVED = py.signature('Point.moved(dx=0, dy=0)');

/** A point. */
export class Point extends py.Object {
  static dims = 2;

  __init__(x, y = 0) {
    const named = py.keywords(POINT_INIT, arguments);
    if (named) ({ x, y = 0 } = named);
    this.x = x;
    this.y = y;
  }

  moved(dx = 0, dy = 0) {
    const named = py.keywords(POINT_MOVED, arguments);
    if (named) ({ dx = 0, dy = 0 } = named);
    return new Point(py.add(this.x, dx), py.add(this.y, dy));
  }

  __repr__() {
    return `Point(${py.str(this.x)}, ${py.str(this.y)})`;
  }

  __eq__(other) {
    return other instanceof Point &&
      py.eq(py.Tuple.of(this.x, this.y), py.Tuple.of(other.x, other.y));
  }

  static {
    py.shared(this, 'dims');
  }
}

export const p = new Point(1);
py.print(
  p,
  p.moved({ dy: 3 }),
  py.eq(p, new Point(1, 0)),
  py.ne(p, new Point(2)),
  Point.dims,
  p.dims,
  [p],
  new Point({ y: 5, x: 4 }),
);
//# sourceMappingURL=basics.js.map
