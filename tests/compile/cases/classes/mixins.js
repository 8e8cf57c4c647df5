import * as py from 'mlx/python';

export class Named extends py.Object {
  __init__() {
    py.super_of(Named, this).__init__();
    this.named = true;
  }

  name() {
    return py.name_of(py.type(this)).toLowerCase();
  }
}

export class Base extends py.Object {
  __init__() {
    py.super_of(Base, this).__init__();
    this.base = true;
  }

  name() {
    return 'base';
  }
}

export class Both extends py.bases(Named, Base) {
  __init__() {
    super.__init__();
  }
}

export const b = new Both();
py.print(b.name(), b.named, b.base, b instanceof Named, b instanceof Base);
//# sourceMappingURL=mixins.js.map
