// Trains for some time, with mx.eval or with mx.async_eval: input, output and reasons as in soak_loop.py.
//
// usage: soak_loop.mjs SECONDS sync|async
import { readFileSync } from 'node:fs';

const base = process.memoryUsage.rss() / 2 ** 20;
const { core: mx } = await import('mlx');
const { trainingLoop } = await import('./training_loop.mjs');

const [seconds, mode] = process.argv.slice(2);
const step = trainingLoop(mode === 'async' ? mx.async_eval : mx.eval);
console.log(JSON.stringify({ base }));
readFileSync(0);
const end = performance.now() + Number(seconds) * 1000;
let steps = 0;
if (mode === 'async') {
  for (; performance.now() < end; steps++) await step();
} else {
  // No turn of the event loop between the steps.
  for (; performance.now() < end; steps++) step();
}
console.log(JSON.stringify({ steps }));
