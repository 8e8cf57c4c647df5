/**
 * Trains a small classifier on handwritten digits and shows what it learned.
 *
 * Reads build/digits/*.npy (see prepare.py), prints the accuracy on digits it has not seen, and writes
 * build/digits/predictions.html and predictions.png. Ends with exit code 1 below 95 %.
 */
import { writeFileSync } from 'node:fs';
import { core as mx } from 'mlx';
import { createModel, createStep, predict } from './model.mjs';
import { drawPicture } from './picture.mjs';
import { createProgress } from './progress.mjs';
import { writePage } from './report.mjs';

const FOLDER = new URL('../../build/digits/', import.meta.url).pathname;
const EPOCHS = 30;
const BATCH = 32;
const REQUIRED_ACCURACY = 0.95;

/** Images as rows of 64 values between 0 and 1, and their labels. */
function readDigits(part) {
  const images = mx.load(`${FOLDER}${part}_images.npy`);
  const x = images.reshape([images.shape[0], 64]).astype(mx.float32).divide(16);
  return { images, x, labels: mx.load(`${FOLDER}${part}_labels.npy`) };
}

/** Returns the loss of every step. */
function train(model, { x, labels }) {
  const step = createStep(model, { learningRate: 0.05, momentum: 0.9 });
  const n = x.shape[0];
  const progress = createProgress(EPOCHS * Math.ceil(n / BATCH));
  const losses = [];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const order = mx.random.permutation(n);
    for (let start = 0; start < n; start += BATCH) {
      const chosen = order.get(`${start}:${start + BATCH}`);
      losses.push(step(x.get(chosen), labels.get(chosen)));
      progress.update(losses.length, `epoch ${epoch}/${EPOCHS}  loss ${losses.at(-1).toFixed(4)}`);
    }
  }
  return losses;
}

/** One record per test digit: its pixels, its label and what the model says. */
function classify(model, { images, x, labels }) {
  const predicted = mx.argmax(predict(model, x), 1).tolist();
  const pixels = images.tolist();
  return labels.tolist().map((label, i) => ({ pixels: pixels[i], label, predicted: predicted[i] }));
}

mx.random.seed(7);
const training = readDigits('train');
console.log(`Training a 64 → 128 → 10 classifier on ${training.x.shape[0]} digits, ${mx.default_device()}`);
const model = createModel(64, 128, 10);
const losses = train(model, training);

const digits = classify(model, readDigits('test'));
const correct = digits.filter((digit) => digit.predicted === digit.label).length;
const result = { digits, losses, correct, accuracy: correct / digits.length };
console.log(`Test accuracy ${(result.accuracy * 100).toFixed(1)} % (${correct} of ${digits.length} digits)`);

writeFileSync(`${FOLDER}predictions.html`, writePage(result));
writeFileSync(`${FOLDER}predictions.png`, drawPicture(result));
console.log('Wrote build/digits/predictions.html and build/digits/predictions.png');

if (result.accuracy <= REQUIRED_ACCURACY) {
  console.error(`The accuracy should be above ${REQUIRED_ACCURACY * 100} %.`);
  process.exitCode = 1;
}
