import * as py from 'mlx/python';
const MAKER_INIT = py.signature('Maker(n)');
const MAKER_DOUBLE = py.signature('Maker.double(n)');
const MAKER_MAKE = py.signature('Maker.make(n)');

export class Maker extends py.Object {
  static count = 0;

  __init__(n) {
    const named = py.keywords(MAKER_INIT, arguments);
    if (named) ({ n } = named);
    this.n = n;
  }

  static double(n) {
    const named = py.keywords(MAKER_DOUBLE, arguments);
    if (named) ({ n } = named);
    return py.mul(n, 2);
  }

  static make(n) {
    const named = py.keywords(MAKER_MAKE, arguments);
    if (named) ({ n } = named);
    this.count = py.iadd(this.count, 1);
    return new this(this.double(n));
  }

  again() {
    return py.add(this.make(this.n).n, this.double(1));
  }

  static {
    py.shared(this, 'count', 'double', 'make');
  }
}

export class Sub extends Maker {}

export const m = Maker.make(2);
py.print(m.n, m.again(), Maker.count, py.name_of(py.type(Sub.make(1))), m.double(4));
//# sourceMappingURL=static_and_class_methods.js.map
