import * as py from 'mlx/python';
const A_RUN = py.signature('A.run(xs)');
const A_SCALE = py.signature('A.scale(x)');

export class A extends py.Object {
  __init__() {
    this.log = [];
  }

  run(xs) {
    const self = this;
    const named = py.keywords(A_RUN, arguments);
    if (named) ({ xs } = named);
    let x;

    function visit(x, depth = 0) {
      self.log.push(py.Tuple.of(x, depth));
      if (depth < 1) visit(x, depth + 1);
    }

    for (x of py.iter(xs)) {
      visit(x);
    }
    return [...py.generate(this.log, ([z, _]) => this.scale(z))];
  }

  scale(x) {
    const named = py.keywords(A_SCALE, arguments);
    if (named) ({ x } = named);
    return py.mul(x, 2);
  }
}

py.print(new A().run([1, 2]));
//# sourceMappingURL=nested_function_in_method.js.map
