// The training loop whose memory is measured: a network of two layers and a step that learns, as in training_loop.py.
import { core as mx } from 'mlx';

const loss = (p, x, y) =>
  mx.mean(mx.square(mx.maximum(x.matmul(p.w1).add(p.b1), mx.float(0)).matmul(p.w2).subtract(y)));

/**
 * A step, which evaluates what it changes; `evaluate` may return a promise, and the step returns it. The first layer
 * takes `inputs` numbers and makes `hidden` ones.
 */
export function trainingLoop(evaluate, inputs = 512, hidden = 1024) {
  let p = {
    w1: mx.random.normal([inputs, hidden]).multiply(0.02),
    b1: mx.zeros([hidden]),
    w2: mx.random.normal([hidden, 16]).multiply(0.02),
  };
  const x = mx.random.normal([64, inputs]);
  const y = mx.random.normal([64, 16]);
  mx.eval(p, x, y);
  const gradients = mx.value_and_grad(loss);
  return () => {
    const [value, grads] = gradients(p, x, y);
    p = Object.fromEntries(Object.keys(p).map((k) => [k, p[k].subtract(grads[k].rmul(0.01))]));
    return evaluate(value, p);
  };
}
