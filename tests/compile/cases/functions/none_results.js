import * as py from 'mlx/python';
const MAYBE = py.signature('maybe(flag)');

export function maybe(flag) {
  const named = py.keywords(MAYBE, arguments);
  if (named) ({ flag } = named);
  if (py.bool(flag)) return 1;
  return null;
}

export function nothing() {}

py.print(maybe(true), maybe(false), nothing(), maybe(false) == null);
//# sourceMappingURL=none_results.js.map
