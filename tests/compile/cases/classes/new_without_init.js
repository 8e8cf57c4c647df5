import * as py from 'mlx/python';

export class A extends py.Object {
  __init__() {
    this.made = true;
  }

  static bare() {
    const a = py.create(this);
    a.made = false;
    return a;
  }

  static {
    py.shared(this, 'bare');
  }
}

py.print(new A().made, A.bare().made);
//# sourceMappingURL=new_without_init.js.map
