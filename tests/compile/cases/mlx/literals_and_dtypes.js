import * as py from 'mlx/python';
import { core as mx } from 'mlx';
py.print(
  mx.array(1).dtype,
  mx.array(mx.float(1)).dtype,
  mx.array([1, mx.float(2)]).dtype,
  mx.full([2], mx.float(1)).dtype,
);
py.print(
  mx.arange(3).dtype,
  mx.arange(mx.float(3)).dtype,
  mx.maximum(mx.array([1, 2]), mx.float(0)).dtype,
  mx.multiply(mx.array([1]), mx.float(2)).dtype,
);
export const a = mx.array([1, 2]);
py.print(
  mx.add(a, 1).dtype,
  mx.add(a, mx.float(1)).dtype,
  mx.subtract(mx.float(1), a).dtype,
  mx.greater(a, mx.float(1)).dtype,
  a.astype(mx.float16).dtype === mx.float16,
);
//# sourceMappingURL=literals_and_dtypes.js.map
