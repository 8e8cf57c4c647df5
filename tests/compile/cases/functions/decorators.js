import * as py from 'mlx/python';
const TWICE = py.signature('twice(fn)');

export function twice(fn) {
  const named = py.keywords(TWICE, arguments);
  if (named) ({ fn } = named);

  function wrapper(...args) {
    return fn(fn(...args));
  }

  return wrapper;
}

const SCALED = py.signature('scaled(by)');
const DECORATE = py.signature('decorate(fn)');

export function scaled(by) {
  const named = py.keywords(SCALED, arguments);
  if (named) ({ by } = named);

  function decorate(fn) {
    const named = py.keywords(DECORATE, arguments);
    if (named) ({ fn } = named);
    return (x) => py.mul(fn(x), by);
  }

  return decorate;
}

const ADD_ONE = py.signature('add_one(x)');

export const add_one = twice(
  scaled({ by: 3 })(function add_one(x) {
    const named = py.keywords(ADD_ONE, arguments);
    if (named) ({ x } = named);
    return py.add(x, 1);
  }),
);

py.print(add_one(1));
//# sourceMappingURL=decorators.js.map
