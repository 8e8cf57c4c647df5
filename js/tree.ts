// Trees: arrays in lists, tuples, plain objects and Maps, as mx.eval and the transforms take them.
import { isArray, type Wrapper } from './handle';
import { liveHandle } from './host_data';
import { list, reserveList } from './registers';

/** Nested lists and dicts of arrays; other leaves are ignored. */
export type Tree = unknown;

const MAX_DEPTH = 1000;

/** Calls `visit` for each array of a tree, in order. */
export function visitArrays(tree: Tree, visit: (array: Wrapper) => void, depth = 0): void {
  if (isArray(tree)) {
    visit(tree);
    return;
  }
  if (depth > MAX_DEPTH) throw new RangeError('The tree is nested too deeply, or contains itself.');
  if (Array.isArray(tree)) {
    for (const item of tree) visitArrays(item, visit, depth + 1);
  } else if (tree instanceof Map) {
    for (const item of tree.values()) visitArrays(item, visit, depth + 1);
  } else if (isPlainObject(tree)) {
    for (const key in tree) visitArrays(tree[key], visit, depth + 1);
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The arrays of a tree. */
export function flattenTree(tree: Tree): Wrapper[] {
  const found: Wrapper[] = [];
  visitArrays(tree, (array) => found.push(array));
  return found;
}

/** Writes the arrays of a tree to the list area; the list's position. */
export function treeList(tree: Tree): number {
  const arrays = flattenTree(tree);
  const handles = arrays.map(liveHandle);
  const position = reserveList(handles.length);
  for (let i = 0; i < handles.length; i++) list[position + 1 + i] = handles[i]!;
  return position;
}
