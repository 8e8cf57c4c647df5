/**
 * Data-parallel training: every rank computes the gradients of its share of each batch, and all of them take the
 * same step with the average.
 *
 * The ranks start from the same seed and apply the same averages, so their parameters stay equal to the last bit.
 * A process alone is a group of one: it trains on the whole batches.
 */
import { createHash } from 'node:crypto';
import { core as mx } from 'mlx';
import { createModel, loss } from './model.mjs';

const FOLDER = new URL('../../build/digits/', import.meta.url).pathname;

/** Images as rows of 64 values between 0 and 1, and their labels. */
export function readDigits(part) {
  const images = mx.load(`${FOLDER}${part}_images.npy`);
  const x = images.reshape([images.shape[0], 64]).astype(mx.float32).divide(16);
  return { x, labels: mx.load(`${FOLDER}${part}_labels.npy`) };
}

/** The mean over the ranks of each array of an object. All travel as one array: each message has its latency. */
function average(arrays, group) {
  const values = Object.values(arrays);
  const joined = mx.concatenate(values.map((value) => value.flatten()));
  const mean = mx.distributed.all_sum(joined, { group }).divide(group.size());
  let end = 0;
  const parts = values.map((value) => {
    const start = end;
    end += value.size;
    return mean.get(`${start}:${end}`).reshape(value.shape);
  });
  return Object.fromEntries(Object.keys(arrays).map((name, i) => [name, parts[i]]));
}

/**
 * Trains a 64 → 128 → 10 classifier. Returns the model and the loss of every step over its joined batch.
 *
 * @param batch Images per step, of all ranks together: a multiple of their number. A last, smaller batch is left out.
 */
export function train({ x, labels }, group, { epochs, batch, learningRate = 0.05, momentum = 0.9, report }) {
  const share = batch / group.size();
  if (!Number.isInteger(share))
    throw new Error(`${group.size()} ranks cannot share batches of ${batch} equally.`);
  mx.random.seed(7);
  const model = createModel(64, 128, 10);
  const velocity = Object.fromEntries(Object.keys(model).map((name) => [name, mx.zeros_like(model[name])]));
  const lossAndGradients = mx.value_and_grad(loss);
  const losses = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = mx.random.permutation(x.shape[0]);
    for (let start = 0; start + batch <= x.shape[0]; start += batch) {
      const mine = start + group.rank() * share;
      const chosen = order.get(`${mine}:${mine + share}`);
      const [value, gradients] = lossAndGradients(model, x.get(chosen), labels.get(chosen));
      const mean = average({ value, ...gradients }, group);
      for (const name of Object.keys(model)) {
        velocity[name] = velocity[name].multiply(momentum).subtract(mean[name].multiply(learningRate));
        model[name] = model[name].add(velocity[name]);
      }
      mx.eval(mean.value, model, velocity);
      losses.push(mean.value.item());
    }
    report?.(epoch, losses.at(-1));
  }
  return { model, losses };
}

/** A fingerprint of the bits of all parameters. */
export function fingerprint(model) {
  const hash = createHash('sha256');
  for (const name of Object.keys(model)) hash.update(model[name].toTypedArray());
  return hash.digest('hex').slice(0, 16);
}
