import * as py from 'mlx/python';
const INCREMENT = py.signature('increment(by=1)');

export function counter() {
  let n = 0;

  function increment(by = 1) {
    const named = py.keywords(INCREMENT, arguments);
    if (named) ({ by = 1 } = named);
    n = py.iadd(n, by);
    return n;
  }

  return increment;
}

export const [a, b] = [counter(), counter()];
py.print(a(), a(5), b(), a({ by: 2 }));
//# sourceMappingURL=closures.js.map
