import * as py from 'mlx/python';

export class Vector extends py.Object {
  __init__(...values) {
    this.values = [...values];
  }

  __add__(other) {
    return new Vector(...Array.from(py.zip(this.values, other.values), ([a, b]) => py.add(a, b)));
  }

  __mul__(k) {
    return new Vector(...this.values.map((a) => py.mul(a, k)));
  }

  __rmul__(k) {
    return py.mul(this, k);
  }

  __neg__() {
    return py.mul(this, -1);
  }

  __len__() {
    return this.values.length;
  }

  __getitem__(i) {
    return py.getitem(this.values, i);
  }

  __setitem__(i, value) {
    py.setitem(this.values, i, value);
  }

  __contains__(x) {
    return py.contains(this.values, x);
  }

  __lt__(other) {
    return py.len(this) < py.len(other);
  }

  __str__() {
    return `<${py.join(', ', py.map(py.str, this.values))}>`;
  }
}

export const v = py.add(new Vector(1, 2), new Vector(3, 4));
py.setitem(v, 0, 10);
py.print(
  v,
  py.mul(v, 2),
  py.mul(3, v),
  py.neg(v),
  py.len(v),
  py.getitem(v, 1),
  py.contains(v, 6),
  [...py.iter(v)],
  py.lt(v, new Vector(1, 2, 3)),
  py.bool(new Vector()),
);
//# sourceMappingURL=operators.js.map
