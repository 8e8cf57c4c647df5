// The tasks of the comparison in Node MLX, as python_mlx.py has them.
import { core as mx, nn } from 'mlx';
import { serve } from './serve.mjs';

const RATE = 0.1;

const arrays = (inputs) => inputs.map(({ data, shape }) => mx.array(data).reshape(shape));

function logits(weights, x) {
  let y = x;
  for (let i = 0; i < weights.length - 2; i += 2) {
    y = mx.maximum(mx.addmm(weights[i + 1], y, weights[i]), mx.float(0));
  }
  return mx.addmm(weights.at(-1), y, weights.at(-2));
}

const value = (result) => mx.max(mx.abs(result)).item();

function matmul(inputs) {
  const [a, b] = arrays(inputs);
  const call = () => {
    const product = a.matmul(b);
    mx.eval(product);
    return product;
  };
  return [call, value];
}

function forward(inputs) {
  const [x, ...weights] = arrays(inputs);
  const call = () => {
    const result = logits(weights, x);
    mx.eval(result);
    return result;
  };
  return [call, value];
}

function step(inputs) {
  let [labels, x, ...weights] = arrays(inputs);
  labels = labels.astype(mx.int32);
  const loss = (weights) => nn.losses.cross_entropy(logits(weights, x), labels, { reduction: 'mean' });
  const gradients = mx.value_and_grad(loss);
  const call = () => {
    const [found, slopes] = gradients(weights);
    weights = weights.map((weight, i) => weight.subtract(slopes[i].rmul(RATE)));
    mx.eval(found, weights);
    return found;
  };
  return [call, value];
}

await serve({ matmul, forward, step });
