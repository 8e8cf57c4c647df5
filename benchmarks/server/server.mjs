/**
 * A server whose answers need MLX: `/eval` computes on the event loop, `/async_eval` off it, `/ping` nothing.
 *
 * Each computing answer costs the same: a small network of dense layers, applied to a batch. `/delay` tells how late
 * the event loop was since the last call of it, in milliseconds. Tells its parent the port.
 */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { core as mx } from 'mlx';

const WIDTH = 512;
const LAYERS = 8;
const BATCH = 64;

mx.random.seed(0);
const weights = Array.from({ length: LAYERS }, () =>
  mx.random.normal([WIDTH, WIDTH]).multiply(Math.sqrt(2 / WIDTH)),
);
mx.eval(weights);

function network() {
  let x = mx.random.normal([BATCH, WIDTH]);
  for (const weight of weights) x = mx.maximum(x.matmul(weight), 0);
  return x.mean();
}

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

function readDelay() {
  // The histogram counts the timer's own millisecond.
  const milliseconds = (nanoseconds) => Math.max(nanoseconds / 1e6 - 1, 0);
  const found = {
    p50: milliseconds(delay.percentile(50)),
    p99: milliseconds(delay.percentile(99)),
    max: milliseconds(delay.max),
  };
  delay.reset();
  return found;
}

const ANSWERS = {
  '/ping': () => ({ pong: true }),
  '/delay': readDelay,
  '/eval': () => {
    const result = network();
    mx.eval(result);
    return { result: result.item() };
  },
  '/async_eval': async () => {
    const result = network();
    await mx.async_eval(result);
    return { result: result.item() };
  },
};

const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(await ANSWERS[request.url]()));
});
server.listen(0, () => process.send(server.address().port));
process.once('disconnect', () => process.exit());
