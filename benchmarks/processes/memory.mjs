// Memory of a training loop, in MB: of the process before it, at its end, and the peak; and what grew.
//
// usage: memory.mjs STEPS INPUTS HIDDEN
import { core as mx } from 'mlx';
import { trainingLoop } from './training_loop.mjs';

const MB = 2 ** 20;
const resident = () => process.memoryUsage.rss() / MB;

const [steps, inputs, hidden] = process.argv.slice(2).map(Number);
const step = trainingLoop(mx.eval, inputs, hidden);
const base = resident();
let middle = 0;
for (let i = 0; i < steps; i++) {
  step();
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
