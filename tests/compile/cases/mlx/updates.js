import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const SCALED = py.signature('scaled(x, dims: int, by: float)');

// Nothing says that x is an array.
export function scaled(x, dims, by) {
  const named = py.keywords(SCALED, arguments);
  if (named) ({ x, dims, by } = named);
  return x.at('...', mx.slice_(null, dims)).multiply(by);
}

const COUNTS = py.signature('counts(tokens: mx.array)');

export function counts(tokens) {
  const named = py.keywords(COUNTS, arguments);
  if (named) ({ tokens } = named);
  return mx.zeros([4], mx.int32).at(tokens).add(1);
}

py.print(scaled(mx.ones([2, 3]), 2, 0.5));
py.print(counts(mx.array([1, 1, 3])));
py.print(mx.multiply(mx.ones([2]).at(0).subtract(3), 2));
py.print(mx.arange(6).reshape(2, 3).at(1, '::2').maximum(4));
//# sourceMappingURL=updates.js.map
