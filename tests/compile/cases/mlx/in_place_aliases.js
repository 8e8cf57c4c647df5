import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const BUMP = py.signature('bump(x)');

export function bump(x) {
  const named = py.keywords(BUMP, arguments);
  if (named) ({ x } = named);
  let y = x;
  y = py.iadd(y, 1);
  return x;
}

const TYPED = py.signature('typed(x: mx.array)');

export function typed(x) {
  const named = py.keywords(TYPED, arguments);
  if (named) ({ x } = named);
  let y = x;
  y = py.imul(y, 2);
  y = py.isub(y, 1);
  return py.Tuple.of(x, y);
}

export const a = mx.array([1, 2]);
py.print(bump(a), a, py.tuple(typed(a)), a);
export const n = 1;
export let m = n;
m += 1;
py.print(n, m);
//# sourceMappingURL=in_place_aliases.js.map
