import * as py from 'mlx/python';

export class Args extends py.Object {
  __post_init__() {
    if (this.head == null) this.head = Math.floor(this.hidden / 4);
  }

  static {
    py.dataclass(this, {
      hidden: py.required,
      layers: 2,
      eps: py.float_field(1e-5),
      names: py.field({ default_factory: py.list }),
      head: null,
    });
  }
}

export const a = new Args(8);
export const b = new Args({ hidden: 16, layers: 3, names: ['x'] });
a.names.push('own');
py.print(
  a,
  b,
  py.eq(a, new Args(8, { names: ['own'] })),
  new Args(8).names,
  py.dataclasses.asdict(b),
);
//# sourceMappingURL=basics.js.map
