import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const UPDATE = py.signature('update(state: dict, x: mx.array)');

export function update(state, x) {
  const named = py.keywords(UPDATE, arguments);
  if (named) ({ state, x } = named);
  py.setitem(state, 'm', mx.add(py.mul(0.9, py.getitem(state, 'm')), mx.multiply(0.1, x)));
  py.setitem(state, 'step', py.add(py.getitem(state, 'step'), 1));
  return state;
}

export let s = { m: mx.zeros([2]), step: 0 };
let _;
for (_ of py.range(2)) {
  s = update(s, mx.array([mx.float(1), mx.float(2)]));
}
py.print(
  py.getitem(s, 'm'),
  py.getitem(s, 'step'),
  py.getitem({ ...py.entries_as_object(s), extra: true }, 'extra'),
);
//# sourceMappingURL=nested_state.js.map
