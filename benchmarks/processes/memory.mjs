// Memory of a training loop, in MB: of the process before it, at its end, and the peak; and what grew.
import { core as mx } from 'mlx';

const MB = 2 ** 20;
const resident = () => process.memoryUsage.rss() / MB;

const loss = (p, x, y) =>
  mx.mean(mx.square(mx.maximum(x.matmul(p.w1).add(p.b1), mx.float(0)).matmul(p.w2).subtract(y)));

const steps = Number(process.argv[2]);
let p = {
  w1: mx.random.normal([512, 1024]).multiply(0.02),
  b1: mx.zeros([1024]),
  w2: mx.random.normal([1024, 16]).multiply(0.02),
};
const x = mx.random.normal([64, 512]);
const y = mx.random.normal([64, 16]);
mx.eval(p, x, y);
const base = resident();
const step = mx.value_and_grad(loss);
let middle = 0;
for (let i = 0; i < steps; i++) {
  const [value, grads] = step(p, x, y);
  p = Object.fromEntries(Object.keys(p).map((k) => [k, p[k].subtract(grads[k].rmul(0.01))]));
  mx.eval(value, p);
  if (i === steps >> 1) middle = resident();
}
console.log(
  JSON.stringify({
    'before, MB': base,
    'training, MB': resident() - base,
    'growth in the second half, MB': resident() - middle,
    "MLX's peak, MB": mx.get_peak_memory() / MB,
  }),
);
