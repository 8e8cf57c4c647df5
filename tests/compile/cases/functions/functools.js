import * as py from 'mlx/python';
export const calls = [];
const SLOW = py.signature('slow(n)');
export let named;

export const slow = py.functools.lru_cache(function slow(n) {
  const named = py.keywords(SLOW, arguments);
  if (named) ({ n } = named);
  calls.push(n);
  return py.mul(n, 2);
});

const LOGGED = py.signature('logged(fn)');

export function logged(fn) {
  const named = py.keywords(LOGGED, arguments);
  if (named) ({ fn } = named);

  const inner = py.functools.wraps(fn)(function inner(...args) {
    return fn(...args);
  });

  return inner;
}

const NAMED = py.signature('named(x)');
named = logged(function named(x) {
  const named = py.keywords(NAMED, arguments);
  if (named) ({ x } = named);
  return x;
});
const POWER = py.signature('power(base, exponent=2)');

export function power(base, exponent = 2) {
  const named = py.keywords(POWER, arguments);
  if (named) ({ base, exponent = 2 } = named);
  return py.pow(base, exponent);
}

py.print(slow(2), slow(2), calls.length, py.name_of(named), named(4));
py.print(
  power(3),
  power(2, { exponent: 3 }),
  py.functools.reduce((a, b) => py.mul(a, b), [1, 2, 3, 4], 1),
);
//# sourceMappingURL=functools.js.map
