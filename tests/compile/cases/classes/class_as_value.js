import * as py from 'mlx/python';
const A_INIT = py.signature('A(n=0)');

export class A extends py.Object {
  __init__(n = 0) {
    const named = py.keywords(A_INIT, arguments);
    if (named) ({ n = 0 } = named);
    this.n = n;
  }
}

export class B extends A {}

export const classes = { a: A, b: B };
export const cls = py.getitem(classes, 'b');
export const made = py.call(cls, 3);
py.print(
  py.name_of(py.type(made)),
  Array.from(py.Tuple.of(A, B), (klass) => py.call(klass, 1).n),
  py.call(py.getitem(classes, 'a'), { n: 5 }).n,
);
//# sourceMappingURL=class_as_value.js.map
