'use server';

import { core as mx } from 'mlx';
import { toPlain } from 'mlx/react';
import { toImages } from '../../lib/digits/data';
import { trainedModel } from '../../lib/digits/training';

/** The probability of each digit for a drawing of 64 pixels from 0 to 16. */
export async function recognise(pixels: number[]): Promise<number[]> {
  // Anyone can call a server action with anything.
  if (!Array.isArray(pixels) || pixels.length !== 64 || !pixels.every((p) => p >= 0 && p <= 16)) {
    throw new RangeError('Expected 64 pixels from 0 to 16.');
  }
  const model = await trainedModel();
  const scores = model(toImages(mx.array(pixels, mx.float32)));
  return toPlain(mx.softmax(scores.get(0)));
}
