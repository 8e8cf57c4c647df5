// Evaluation and the life of arrays.

import { ValueError } from './errors';
import { adoptAll, isArray, isArrayList, type Wrapper } from './handle';
import { checkCount } from './keywords';
import { native } from './native';
import { doubles, ints } from './registers';
import { badArgument, Signature } from './signature';
import { handleList, type Tree, treeList } from './tree';

/** Computes the arrays of the given trees; returns when all are there. Throws what the computation throws. */
export function evaluate(...trees: Tree[]): void {
  ints[0] = treeList(trees, 'eval');
  native.evaluate();
}

const DEPENDS = new Signature(
  'depends(inputs: array | Sequence[array], dependencies: array | Sequence[array])',
);

function arraysOf(value: unknown, name: string): Wrapper[] {
  const found = isArray(value) ? [value] : value;
  if (isArrayList(found)) return found;
  throw badArgument(DEPENDS, name, 'an array or a list of arrays', value);
}

/** Arrays equal to `inputs` whose computation waits for that of `dependencies`. */
export function depends(inputs: Wrapper, dependencies: Wrapper | readonly Wrapper[]): Wrapper;
export function depends(inputs: readonly Wrapper[], dependencies: Wrapper | readonly Wrapper[]): Wrapper[];
export function depends(inputs: unknown, dependencies: unknown): Wrapper | Wrapper[] {
  checkCount(DEPENDS, arguments, 2);
  const outputs = arraysOf(inputs, 'inputs');
  const others = arraysOf(dependencies, 'dependencies');
  // MLX reads the first one without looking.
  if (outputs.length === 0) throw new ValueError('depends(): inputs must hold at least one array.');
  const first = handleList(outputs, 'depends');
  const second = handleList(others, 'depends');
  ints[0] = first;
  ints[2] = second;
  native.depends();
  const results = adoptAll();
  return isArray(inputs) ? results[0]! : results;
}

/** Bytes of the distinct buffers behind the arrays of the given trees, which must have been evaluated. */
export function get_array_buffer_size(...trees: Tree[]): number {
  ints[0] = treeList(trees, 'get_array_buffer_size');
  native.buffer_size();
  return doubles[0]!;
}

/** Number of arrays that JavaScript holds in this thread: dead ones are counted until they are swept. */
export function liveObjects(): number {
  native.live();
  return doubles[0]!;
}

/** Runs a full garbage collection and frees every dead array. */
export function collect(): void {
  native.collect();
}
