// The digits: 8 × 8 pixels with values from 0 to 16, and their labels.
import { join } from 'node:path';
import { core as mx } from 'mlx';
import { once } from '../once';

export interface Digits {
  /** Shape (n, 8, 8, 1), values from 0 to 1. */
  images: mx.array;
  labels: mx.array;
}

/** Images as the network takes them: with values from 0 to 1, and one channel. */
export function toImages(pixels: mx.array): mx.array {
  return pixels.reshape([-1, 8, 8, 1]).astype(mx.float32).divide(16);
}

function read(part: 'train' | 'test'): Digits {
  const file = (kind: string) => join(process.cwd(), 'data', `${part}_${kind}.npy`);
  return {
    images: toImages(mx.load(file('images')) as mx.array),
    labels: mx.load(file('labels')) as mx.array,
  };
}

export const digits = () => once('digits', () => ({ train: read('train'), test: read('test') }));
