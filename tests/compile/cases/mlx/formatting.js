import * as py from 'mlx/python';
import { core as mx } from 'mlx';
export const x = mx.array([[1.5, mx.float(2)], [mx.float(3), mx.float(4)]]);
py.print(
  x,
  py.tuple(x.shape),
  x.dtype,
  `${py.str(py.tuple(x.shape))} ${x.shape[0]} ${py.str(x.dtype)}`,
  x.sum().item(),
  [py.tuple(x.shape)],
  x.ndim,
);
py.print(
  `loss ${py.format(mx.array(0.25).item(), '.3f')}`,
  py.str(mx.array([1])),
  mx.array(2),
  py.repr(mx.float32),
);
//# sourceMappingURL=formatting.js.map
