// The numbers on the first page: one that is awaited, one that comes as a promise, and a series that comes in parts.
import { core as mx } from 'mlx';

export async function mlxInfo(): Promise<{ device: string; mean: number }> {
  const mean = mx.mean(mx.random.normal([1_000_000]));
  await mx.async_eval(mean);
  return { device: mx.default_device().toString(), mean: Number(mean.item()) };
}

/** The norm of a random symmetric matrix, and estimates of its largest eigenvalue that become better and better. */
export function powerIteration(size: number, rounds: number) {
  const half = mx.random.normal([size, size]);
  const matrix = half.add(half.T).divide(2 * Math.sqrt(size));

  async function* estimates() {
    let vector = mx.random.normal([size]);
    for (let round = 1; round <= rounds; round++) {
      for (let i = 0; i < 4; i++) vector = matrix.matmul(vector.divide(mx.linalg.norm(vector)));
      const estimate = mx.linalg.norm(vector);
      await mx.async_eval(estimate, vector);
      yield { round, rounds, estimate };
    }
  }
  return { norm: mx.linalg.norm(matrix), estimates: estimates() };
}
