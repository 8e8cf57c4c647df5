import * as py from 'mlx/python';
const SIGN = py.signature('sign(x: int)');

export function sign(x) {
  const named = py.keywords(SIGN, arguments);
  if (named) ({ x } = named);
  if (x < 0) {
    return 'negative';
  } else if (x === 0) {
    return 'zero';
  } else {
    return 'positive';
  }
}

py.print(sign(-1), sign(0), sign(5));
//# sourceMappingURL=early_return.js.map
