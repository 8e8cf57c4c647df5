/**
 * A classifier with one hidden layer, its loss and its optimiser, in plain array operations.
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
  return hiddenLayer(model, x).matmul(model.w2).add(model.b2);
}

function hiddenLayer(model, x) {
  return mx.maximum(x.matmul(model.w1).add(model.b1), 0);
}

/**
 * Mean cross entropy of a batch, and its gradient with respect to every parameter.
 *
 * The gradient is the chain rule written out: with softmax and cross entropy, the gradient of the scores is
 * (probabilities − one-hot labels) / n, and each layer passes it on through the transposed weights.
 */
export function lossAndGradients(model, x, labels) {
  const n = x.shape[0];
  const hidden = hiddenLayer(model, x);
  const scores = hidden.matmul(model.w2).add(model.b2);
  const logProbabilities = scores.subtract(mx.logsumexp(scores, 1, true));
  const target = labels.reshape([n, 1]).equal(mx.arange(scores.shape[1])).astype(mx.float32);
  const loss = mx.sum(target.multiply(logProbabilities)).divide(-n);

  const dScores = mx.exp(logProbabilities).subtract(target).divide(n);
  const dHidden = dScores.matmul(model.w2.T).multiply(hidden.greater(0));
  const gradients = {
    w1: x.T.matmul(dHidden),
    b1: mx.sum(dHidden, 0),
    w2: hidden.T.matmul(dScores),
    b2: mx.sum(dScores, 0),
  };
  return [loss, gradients];
}

/** Stochastic gradient descent with momentum. */
export function createOptimiser({ learningRate, momentum }) {
  const velocity = {};
  return {
    /** Moves the parameters one step against the gradients, in place. */
    step(model, gradients) {
      for (const [name, gradient] of Object.entries(gradients)) {
        const push = gradient.multiply(-learningRate);
        velocity[name] = name in velocity ? velocity[name].multiply(momentum).add(push) : push;
        model[name] = model[name].add(velocity[name]);
      }
      mx.eval(model, velocity);
    },
  };
}
