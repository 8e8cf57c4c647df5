// Trains the network. Each step is computed off the event loop, so that the server goes on answering.
import { core as mx, nn, optimizers } from 'mlx';
import { once } from '../once';
import { work } from '../work';
import { type Digits, digits } from './data';
import { DigitNet } from './model';

const BATCH = 32;

export interface Progress {
  step: number;
  steps: number;
  loss: mx.array;
  /** Of the digits that were not trained on; computed ten times per epoch. */
  accuracy: mx.array | null;
}

/** The network that the drawing page uses: the one that was trained last. */
const latest = once('digit-net', () => ({ model: undefined as DigitNet | undefined }));

function accuracyOf(model: DigitNet, { images, labels }: Digits): mx.array {
  return mx.mean(mx.argmax(model(images), 1).equal(labels));
}

/** Trains a new network, one step per value. Whoever stops reading stops the training. */
export async function* train(epochs: number, rate = 2e-3): AsyncGenerator<Progress, { digits: number }> {
  const { train, test } = digits();
  const model = new DigitNet();
  const optimizer = new optimizers.Adam({ learning_rate: rate });
  const step = nn.value_and_grad(model, (model: DigitNet, x: mx.array, y: mx.array) =>
    nn.losses.cross_entropy(model(x), y, { reduction: 'mean' }),
  );
  const n = train.labels.shape[0]!;
  const perEpoch = Math.ceil(n / BATCH);
  const steps = epochs * perEpoch;
  work.running++;
  try {
    let order = mx.random.permutation(n);
    for (let i = 0; i < steps; i++) {
      const start = (i % perEpoch) * BATCH;
      if (start === 0) order = mx.random.permutation(n);
      const chosen = order.get(`${start}:${start + BATCH}`);
      const [loss, gradients] = step(model, train.images.get(chosen), train.labels.get(chosen));
      optimizer.update(model, gradients);
      const measured = (i + 1) % Math.ceil(perEpoch / 5) === 0 || i + 1 === steps;
      const accuracy = measured ? accuracyOf(model, test) : null;
      await mx.async_eval(model.parameters(), optimizer.state, loss, accuracy);
      work.steps++;
      yield { step: i + 1, steps, loss, accuracy };
    }
    latest.model = model;
    return { digits: test.labels.shape[0]! };
  } finally {
    work.running--;
  }
}

/** A trained network; trains one if nobody has yet. Requests that come at the same time share it. */
export function trainedModel(): Promise<DigitNet> {
  if (latest.model !== undefined) return Promise.resolve(latest.model);
  const pending = once('digit-net-training', () => ({ promise: undefined as Promise<DigitNet> | undefined }));
  pending.promise ??= trainQuietly().finally(() => {
    pending.promise = undefined;
  });
  return pending.promise;
}

async function trainQuietly(): Promise<DigitNet> {
  for await (const _ of train(4));
  return latest.model!;
}
