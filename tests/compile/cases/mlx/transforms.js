import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const GELU = py.signature('gelu(x)');
export let x;

export const gelu = mx.compile(function gelu(x) {
  const named = py.keywords(GELU, arguments);
  if (named) ({ x } = named);
  return mx.multiply(x, mx.sigmoid(py.mul(1.702, x)));
});

const SCALED = py.signature('scaled(x, k=2)');

export const scaled = mx.compile(
  function scaled(x, k = 2) {
    const named = py.keywords(SCALED, arguments);
    if (named) ({ x, k = 2 } = named);
    return py.mul(x, k);
  },
  { shapeless: true },
);

const F = py.signature('f(x, y)');

export function f(x, y) {
  const named = py.keywords(F, arguments);
  if (named) ({ x, y } = named);
  return py.mul(py.pow(x, 2), y).sum();
}

x = mx.array([mx.float(1), mx.float(2)]);
py.print(
  gelu(x),
  scaled(x),
  scaled(x, { k: 3 }),
  mx.grad(f)(x, mx.array(mx.float(2))),
  py.getitem(mx.value_and_grad(f)(x, x), 0),
);
py.print(mx.vmap((a) => py.mul(a, 2))(x), mx.grad(f, { argnums: 1 })(x, x));
//# sourceMappingURL=transforms.js.map
