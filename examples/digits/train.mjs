/**
 * Trains the classifier of model.py on handwritten digits, in Node, and shows what it learned.
 *
 * Imports the compiled model and reads build/digits/*.npy (see prepare.py). Prints the accuracy on digits it has not
 * seen; writes build/digits/predictions.html, predictions.png, and losses.json for compare.py. Ends with exit code 1
 * below 95 %.
 */
import { writeFileSync } from 'node:fs';
import { core as mx } from 'mlx';
import { Classifier, prepare, SEED, train } from '../../build/digits/model.js';
import { drawPicture } from './picture.mjs';
import { createProgress } from './progress.mjs';
import { writePage } from './report.mjs';

const FOLDER = new URL('../../build/digits/', import.meta.url).pathname;
const EPOCHS = 30;
const BATCH = 32;
const REQUIRED_ACCURACY = 0.95;

function readDigits(part) {
  const images = mx.load(`${FOLDER}${part}_images.npy`);
  return { images, x: prepare(images), labels: mx.load(`${FOLDER}${part}_labels.npy`) };
}

/** Returns the loss of every step. */
function lossesOf(model, { x, labels }) {
  const steps = Math.ceil(x.shape[0] / BATCH);
  const progress = createProgress(EPOCHS * steps);
  const losses = [];
  for (const loss of train(model, x, labels, { epochs: EPOCHS, batch: BATCH })) {
    losses.push(loss);
    const epoch = Math.ceil(losses.length / steps);
    progress.update(losses.length, `epoch ${epoch}/${EPOCHS}  loss ${loss.toFixed(4)}`);
  }
  return losses;
}

/** One record per test digit: its pixels, its label and what the model says. */
function classify(model, { images, x, labels }) {
  const predicted = mx.argmax(model(x), 1).tolist();
  const pixels = images.tolist();
  return labels.tolist().map((label, i) => ({ pixels: pixels[i], label, predicted: predicted[i] }));
}

mx.random.seed(SEED);
const training = readDigits('train');
const model = new Classifier();
console.log(`Training on ${training.x.shape[0]} digits, ${mx.default_device()}:\n${model}`);
const losses = lossesOf(model, training);

const digits = classify(model, readDigits('test'));
const correct = digits.filter((digit) => digit.predicted === digit.label).length;
const result = { digits, losses, correct, accuracy: correct / digits.length };
console.log(`Test accuracy ${(result.accuracy * 100).toFixed(1)} % (${correct} of ${digits.length} digits)`);

writeFileSync(`${FOLDER}losses.json`, JSON.stringify({ epochs: EPOCHS, batch: BATCH, losses }));
writeFileSync(`${FOLDER}predictions.html`, writePage(result));
writeFileSync(`${FOLDER}predictions.png`, drawPicture(result));
console.log('Wrote build/digits/predictions.html and build/digits/predictions.png');

if (result.accuracy <= REQUIRED_ACCURACY) {
  console.error(`The accuracy should be above ${REQUIRED_ACCURACY * 100} %.`);
  process.exitCode = 1;
}
