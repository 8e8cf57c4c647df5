import * as py from 'mlx/python';
const TARGET = py.signature('target(x, scale=1, shift=0)');

export function target(x, scale = 1, shift = 0) {
  const named = py.keywords(TARGET, arguments);
  if (named) ({ x, scale = 1, shift = 0 } = named);
  return py.add(py.mul(x, scale), shift);
}

export function wrapper(...args) {
  return target(...args);
}

export function timed(name, ...args) {
  return py.Tuple.of(name, target(...args));
}

py.print(
  wrapper(2),
  wrapper(2, 3),
  wrapper(2, { shift: 5 }),
  wrapper({ x: 1, scale: 4 }),
  py.tuple(timed('n', 2, { scale: 10 })),
);
//# sourceMappingURL=pass_through.js.map
