import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const CHOOSE = py.signature('choose(flag)');

export function choose(flag) {
  const named = py.keywords(CHOOSE, arguments);
  if (named) ({ flag } = named);
  return py.bool(flag) ? 'yes' : 'no';
}

py.print(
  choose(mx.array(true)),
  choose(mx.array([0])),
  py.bool(mx.array(2)),
  !py.bool(mx.array(0)),
);
py.print(
  py.both(mx.any(mx.array([false, true])), () => 'any'),
  py.int(mx.array(3)),
  py.as_float(py.float(mx.array(1.5))),
  mx.array([1, 2]).tolist(),
);
//# sourceMappingURL=truth.js.map
