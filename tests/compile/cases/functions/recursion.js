import * as py from 'mlx/python';
const FIB = py.signature('fib(n: int)');

export function fib(n) {
  const named = py.keywords(FIB, arguments);
  if (named) ({ n } = named);
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

const DEPTH = py.signature('depth(tree)');

export function depth(tree) {
  const named = py.keywords(DEPTH, arguments);
  if (named) ({ tree } = named);
  return py.isinstance(tree, py.list)
    ? 1 + py.max(py.generate(py.iter(tree), (t) => depth(t)), { default: 0 })
    : 0;
}

py.print(fib(15), depth([1, [2, [3]]]));
//# sourceMappingURL=recursion.js.map
