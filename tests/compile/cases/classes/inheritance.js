import * as py from 'mlx/python';
const BASE_INIT = py.signature('Base(n)');

export class Base extends py.Object {
  __init__(n) {
    const named = py.keywords(BASE_INIT, arguments);
    if (named) ({ n } = named);
    this.n = n;
  }

  name() {
    return 'base';
  }

  describe() {
    return `${this.name()} ${py.str(this.n)}`;
  }
}

const DERIVED_INIT = py.signature('Derived(n, extra=None)');

export class Derived extends Base {
  __init__(n, extra = null) {
    const named = py.keywords(DERIVED_INIT, arguments);
    if (named) ({ n, extra = null } = named);
    super.__init__(py.mul(n, 2));
    this.extra = extra;
  }

  name() {
    return py.add('derived of ', super.name());
  }
}

export const d = new Derived(2, { extra: 'e' });
py.print(
  d.describe(),
  d.extra,
  d instanceof Base,
  py.issubclass(Derived, Base),
  py.name_of(py.type(d)),
  py.type(d) === Derived,
);
//# sourceMappingURL=inheritance.js.map
