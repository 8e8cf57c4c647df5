import * as py from 'mlx/python';
import { core as mx, nn } from 'mlx';
const WRAPPED_CALL = py.signature('Wrapped.__call__(x, *, scale=1)');

export class Wrapped extends nn.Module {
  __init__() {
    super.__init__();
    this.inner = new nn.Linear(2, 2);
    this.name = 'wrapped';
    this.length = 3;
    this.missing = null;
  }

  __call__(x) {
    let scale = 1;
    const named = py.keywords(WRAPPED_CALL, arguments);
    if (named) ({ x, scale = 1 } = named);
    return py.mul(this.inner(x), scale);
  }
}

export const w = new Wrapped();
w.inner = new nn.Identity();
w.missing = mx.zeros([1]);
py.print(
  w(mx.array([mx.float(1), mx.float(2)]), { scale: 3 }),
  w.name,
  w.length,
  w,
  py.contains(w, 'missing'),
  Array.from(py.iter(w.items()), ([k, _]) => k),
);
w.pop('missing');
py.print(py.hasattr(w, 'missing'), py.sorted(w.keys()), w.get('nothing'), w.get('inner'));
//# sourceMappingURL=module_patching.js.map
