import * as py from 'mlx/python';

export class Base extends py.Object {
  __init__() {
    py.print('base sees', this.early);
  }
}

export class Late extends Base {
  __init__() {
    this.early = 'set before';
    super.__init__();
  }
}

new Late();
//# sourceMappingURL=init_order.js.map
