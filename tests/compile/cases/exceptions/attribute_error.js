import * as py from 'mlx/python';

export class A extends py.Object {
  static x = 1;

  static {
    py.shared(this, 'x');
  }
}

export const a = new A();
py.print(py.hasattr(a, 'x'), py.hasattr(a, 'y'), py.getattr(a, 'y', 'none'), py.getattr(a, 'x'));
try {
  py.getattr(a, 'y');
} catch (error) {
  if (py.catches(error, py.AttributeError)) {
    py.print('AttributeError');
  } else {
    throw error;
  }
}
py.setattr(a, 'y', 5);
py.print(py.bound(a, 'y'));
py.delattr(a, 'y');
py.print(py.hasattr(a, 'y'));
//# sourceMappingURL=attribute_error.js.map
