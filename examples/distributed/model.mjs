/**
 * A classifier with one hidden layer and its loss, in plain array operations: no part of mlx.nn is needed.
 *
 * Parameters and gradients are objects with the same keys, so the optimiser does not know the network.
 */
import { core as mx } from 'mlx';

/** Parameters of an inputs → hidden → outputs network, with He initialisation. */
export function createModel(inputs, hidden, outputs) {
  const weight = (rows, columns) => mx.random.normal([rows, columns]).multiply(Math.sqrt(2 / rows));
  return {
    w1: weight(inputs, hidden),
    b1: mx.zeros([hidden]),
    w2: weight(hidden, outputs),
    b2: mx.zeros([outputs]),
  };
}

/** Scores of shape (n, classes) for images of shape (n, pixels). */
export function predict(model, x) {
  const hidden = mx.maximum(x.matmul(model.w1).add(model.b1), 0);
  return hidden.matmul(model.w2).add(model.b2);
}

/** Mean cross entropy of a batch: a scalar array. */
export function loss(model, x, labels) {
  const scores = predict(model, x);
  const chosen = mx.take_along_axis(scores, labels.reshape([-1, 1]), 1).squeeze(1);
  return mx.mean(mx.logsumexp(scores, 1).subtract(chosen));
}
