import * as py from 'mlx/python';
const GROW = py.signature('grow(n)');

export function grow(n) {
  const named = py.keywords(GROW, arguments);
  if (named) ({ n } = named);
  let total = 1;
  for (const i of py.range(1, n)) {
    total = py.mul(total, i);
  }
  return total;
}

py.print(grow(10), grow(25));
//# sourceMappingURL=overflow_becomes_big.js.map
