import * as py from 'mlx/python';

export function f() {
  try {
    py.print('body');
    return 'returned';
  } finally {
    py.print('finally');
  }
}

py.print(f());
//# sourceMappingURL=finally_order.js.map
