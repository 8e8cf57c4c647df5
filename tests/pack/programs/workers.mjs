import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { core as mx } from 'mlx';

const value = mx
  .matmul(mx.ones([8, 8]), mx.ones([8, 8]))
  .sum()
  .item();
if (isMainThread) {
  const answers = [1, 2].map(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url));
        worker.on('message', resolve);
        worker.on('error', reject);
      }),
  );
  const sums = await Promise.all(answers);
  if (sums.some((sum) => sum !== value)) throw new Error(`workers found ${sums}, not ${value}`);
  console.log('ok');
} else {
  parentPort.postMessage(value);
}
