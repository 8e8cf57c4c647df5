// einsum_path: the order of contractions that mx.einsum takes.
import { arrayList, string } from './arguments';
import { native } from './native';
import { ints, takeList } from './registers';
import { Signature } from './signature';

const EINSUM_PATH = new Signature(
  'einsum_path(subscripts: str, *operands) -> tuple[list[tuple[int, ...]], str]',
);

/** The contractions in order, as positions of operands, and a text that tells their cost. */
export function einsum_path(subscripts: string, ...operands: unknown[]): [number[][], string] {
  const text = string(subscripts, EINSUM_PATH, 'subscripts');
  ints[0] = arrayList(operands, EINSUM_PATH, 'operands');
  const report = native.einsum_path(undefined, text) as string;
  // A flat list: each contraction's length and its positions.
  const flat = takeList();
  const path: number[][] = [];
  for (let i = 0; i < flat.length; i += 1 + flat[i]!) path.push(flat.slice(i + 1, i + 1 + flat[i]!));
  return [path, report];
}
