import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const F = py.signature('f(x: mx.array, n: int)');

export function f(x, n) {
  const named = py.keywords(F, arguments);
  if (named) ({ x, n } = named);
  const y = mx.add(mx.multiply(x, n), 1);
  return mx.add(
    mx.add(mx.subtract(mx.divide(mx.negative(y), 2), mx.power(x, 2)), mx.remainder(x, 2)),
    mx.floor_divide(x, 2),
  );
}

const UNKNOWN = py.signature('unknown(x, y)');

export function unknown(x, y) {
  const named = py.keywords(UNKNOWN, arguments);
  if (named) ({ x, y } = named);
  return py.sub(py.add(py.matmul(x, y), x), py.mul(y, mx.float(2)));
}

export const a = mx.array([[mx.float(1), mx.float(2)], [mx.float(3), mx.float(4)]]);
py.print(
  f(a, 3),
  unknown(a, a),
  mx.greater(a, 2),
  mx.bitwise_and(mx.greater_equal(a, 1), mx.less(a, 3)),
  mx.equal(a, a),
  mx.subtract(1, a),
  mx.divide(2, a),
);
//# sourceMappingURL=array_operators.js.map
