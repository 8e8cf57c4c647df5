import * as py from 'mlx/python';

export class Cache extends py.Object {
  static step = 256;
  static names = [];

  grow() {
    this.step *= 2;
    this.names.push(this.step);
    return this.step;
  }

  static {
    py.shared(this, 'step', 'names');
  }
}

export const [a, b] = [new Cache(), new Cache()];
py.print(a.grow(), b.step, Cache.step, b.names, a.grow());
py.setattr(Cache, 'step', 1);
py.print(b.step, a.step);
//# sourceMappingURL=class_attributes.js.map
