// Vectorisation: vmap.
import { isOptions } from './arguments';
import { IndexError, ValueError } from './errors';
import { callable } from './grad';
import { adoptAll, isArray } from './handle';
import { shapeOf } from './host_data';
import { native } from './native';
import { ints } from './registers';
import { badArgument, checkKeywords, Signature, tooMany } from './signature';
import { named, traced } from './trace';
import { flattenTree, handleList, numberList, type Tree, unflattenTree, visitPairs } from './tree';

const VMAP = new Signature('vmap(fun: Callable, in_axes: object = 0, out_axes: object = 0)');

const NO_AXIS = -1;

/** The axis of each array of a tree, from a tree of axes that may stop earlier: one axis for a whole branch. */
function flatAxes(tree: Tree, axes: unknown, isOutput: boolean): number[] {
  const flat: number[] = [];
  let hasList = false;
  const read = (leaf: unknown, axis: unknown): void => {
    if (!isArray(leaf)) throw new ValueError('[vmap] The arguments should contain only arrays');
    if (axis === null || axis === undefined) {
      flat.push(NO_AXIS);
    } else if (typeof axis === 'number' && Number.isInteger(axis)) {
      const dimensions = shapeOf(leaf).length + (isOutput ? 1 : 0);
      const from = axis < 0 ? axis + dimensions : axis;
      if (from < 0 || from >= dimensions) {
        throw new IndexError(
          `[vmap] Invalid${isOutput ? ' output' : ''} vectorization axis ${axis} for array with shape (${shapeOf(leaf)})`,
        );
      }
      flat.push(from);
    } else if (Array.isArray(axis) && axis.length === 1 && !Array.isArray(axis[0])) {
      hasList = true;
      read(leaf, axis[0]);
    } else {
      throw new ValueError('[vmap] axis must be int or None.');
    }
  };
  visitPairs(tree, axes, read);
  if (hasList && !isArray(tree)) throw new ValueError('[vmap] axis must be int or None.');
  return flat;
}

/**
 * A function that applies `fun` to every slice of its arguments along the in_axes (0; null for an argument that is
 * not split) and stacks the results along the out_axes. Axes may be trees that match the arguments and results.
 */
export function vmap(...given: unknown[]): (...args: any[]) => any {
  let [fun, in_axes, out_axes] = given;
  let count = given.length;
  if (count > 1 && isOptions(given[count - 1]) && namesAxes(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(VMAP, options, count);
    if (count < 2) in_axes = options.in_axes;
    if (count < 3) out_axes = options.out_axes;
  }
  if (count > 3) throw tooMany(VMAP, given);
  const body = callable(fun, VMAP, 'fun');
  const inAxes = axesOf(in_axes, 'in_axes');
  const outAxes = axesOf(out_axes, 'out_axes');

  return named((...args: unknown[]) => {
    const inputs = flattenTree(args, true);
    const axes = flatAxes(args.length === 1 ? args[0] : args, inAxes, false);
    let result: Tree;
    const callback = traced((tracers) => {
      result = body(...unflattenTree(args, tracers));
      const outputs = flattenTree(result, true);
      const positions = numberList(flatAxes(result, outAxes, true));
      ints[2] = positions;
      return outputs;
    });
    const position = handleList(inputs);
    const axesPosition = numberList(axes);
    ints[0] = position;
    ints[2] = axesPosition;
    native.vmap(undefined, callback);
    return unflattenTree(result, adoptAll());
  }, body);
}

/** Axes as a whole are given or 0. (null stands for one array that is not split.) */
function axesOf(axes: unknown, name: string): unknown {
  if (axes === null) throw badArgument(VMAP, name, 'an axis or a tree of axes', axes);
  return axes === undefined ? 0 : axes;
}

/** A dict of axes is an argument like any other; an options object names in_axes or out_axes. */
function namesAxes(value: unknown): boolean {
  const options = value as object;
  return 'in_axes' in options || 'out_axes' in options;
}
