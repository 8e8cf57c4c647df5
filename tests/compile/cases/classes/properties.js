import * as py from 'mlx/python';

export class Box extends py.Object {
  __init__() {
    this._size = 1;
  }

  get size() {
    return this._size;
  }

  set size(value) {
    this._size = py.max(0, value);
  }
}

export const b = new Box();
b.size = -5;
py.print(b.size);
b.size = py.iadd(b.size, 3);
py.print(b.size);
//# sourceMappingURL=properties.js.map
