import * as py from 'mlx/python';
const BASE_INIT = py.signature('Base(n)');

export class Base extends py.Object {
  __init__(n) {
    const named = py.keywords(BASE_INIT, arguments);
    if (named) ({ n } = named);
    this.n = n;
  }

  twice() {
    return py.mul(this.n, 2);
  }
}

const SUB_INIT = py.signature('Sub(n)');

export class Sub extends Base {
  __init__(n) {
    const named = py.keywords(SUB_INIT, arguments);
    if (named) ({ n } = named);
    Base.prototype.__init__.call(this, py.add(n, 1));
  }

  twice() {
    return py.add(Base.prototype.twice.call(this), 1);
  }
}

py.print(new Sub(1).twice());
//# sourceMappingURL=explicit_base_call.js.map
