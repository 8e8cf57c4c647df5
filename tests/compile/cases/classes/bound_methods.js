import * as py from 'mlx/python';
const A_INIT = py.signature('A(n)');
const A_ADD = py.signature('A.add(x)');
const A_ALL = py.signature('A.all(xs)');
export let xs;

export class A extends py.Object {
  __init__(n) {
    const named = py.keywords(A_INIT, arguments);
    if (named) ({ n } = named);
    this.n = n;
  }

  add(x) {
    const named = py.keywords(A_ADD, arguments);
    if (named) ({ x } = named);
    return py.add(this.n, x);
  }

  all(xs) {
    const named = py.keywords(A_ALL, arguments);
    if (named) ({ xs } = named);
    return [...py.map(py.bound(this, 'add'), xs)];
  }
}

export const f = py.bound(new A(10), 'add');
xs = [];
export const push = py.bound(xs, 'append');
push(1);
py.print(f(1), new A(2).all([1, 2]), xs);
//# sourceMappingURL=bound_methods.js.map
