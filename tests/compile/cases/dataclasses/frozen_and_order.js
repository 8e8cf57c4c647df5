import * as py from 'mlx/python';

export class P extends py.Object {
  static {
    py.dataclass(this, { x: py.required, y: 0 }, { frozen: true });
  }
}

export const p = new P(1);
py.print(p, py.dataclasses.replace(p, { y: 4 }), py.eq(p, new P(1)), new P(2).x);
//# sourceMappingURL=frozen_and_order.js.map
