/**
 * Trains the digits of examples/digits on several ranks, and shows that all end with the same parameters.
 *
 *   node-mlx launch -n 2 examples/distributed/digits.mjs
 */
import { core as mx } from 'mlx';
import { predict } from './model.mjs';
import { fingerprint, readDigits, train } from './training.mjs';

const EPOCHS = 10;
const BATCH = 64;

const group = mx.distributed.init();
const first = group.rank() === 0;
if (first)
  console.log(`${group.size()} ranks, ${BATCH / group.size()} of the ${BATCH} digits of a batch each`);

const { model } = train(readDigits('train'), group, {
  epochs: EPOCHS,
  batch: BATCH,
  report: (epoch, loss) => first && console.log(`epoch ${epoch}/${EPOCHS}  loss ${loss.toFixed(4)}`),
});

console.log(`parameters ${fingerprint(model)}`);
if (first) {
  const test = readDigits('test');
  const right = mx.argmax(predict(model, test.x), 1).equal(test.labels);
  console.log(`Test accuracy ${(mx.mean(right).item() * 100).toFixed(1)} %`);
}
