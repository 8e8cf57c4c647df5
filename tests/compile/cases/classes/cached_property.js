import * as py from 'mlx/python';

export class A extends py.Object {
  static count = 0;

  get value() {
    A.count = py.iadd(A.count, 1);
    return A.count;
  }

  static {
    py.shared(this, 'count');
    py.cached_property(this, 'value');
  }
}

export const a = new A();
py.print(a.value, a.value, new A().value);
//# sourceMappingURL=cached_property.js.map
