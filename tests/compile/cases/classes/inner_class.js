import * as py from 'mlx/python';
const INNER_INIT = py.signature('Inner(n)');

export class Outer extends py.Object {
  static Inner = class Inner extends py.Object {
    __init__(n) {
      const named = py.keywords(INNER_INIT, arguments);
      if (named) ({ n } = named);
      this.n = n;
    }
  };

  make() {
    return new this.Inner(4);
  }

  static {
    py.shared(this, 'Inner');
  }
}

py.print(new Outer().make().n, new Outer.Inner(2).n);
//# sourceMappingURL=inner_class.js.map
