// Trees: arrays in lists, dicts and Maps, as mx.eval and the transforms take them.
//
// A list is a JavaScript array; a dict is a plain object, a Map, or an object marked with DICT (a module: its own
// properties are its items). `mx.random.state` stands for this thread's random key. Everything else is a leaf.
import { ValueError } from './errors';
import { isArray, ownHandle, type Wrapper } from './handle';
import { liveHandle } from './host_data';
import { RandomState } from './random';
import { list, MAX_LIST, reserveList } from './registers';

/** Nested lists and dicts of arrays and other leaves. */
export type Tree = unknown;

/** Marks an object whose own enumerable properties are a dict's items. */
export const DICT: unique symbol = Symbol.for('mlx.dict');

const MAX_DEPTH = 1000;

/** Limits of a tree: it may contain itself, and a list may have billions of holes. */
function checkDepth(depth: number, list?: readonly unknown[]): void {
  if (depth > MAX_DEPTH)
    throw new ValueError('[tree_visit] The tree is nested too deeply, or contains itself.');
  if (list !== undefined && list.length > MAX_LIST)
    throw new ValueError(`[tree_visit] A list of the tree has ${list.length} items.`);
}

/** Whether a value is a dict with string keys. */
export function isDict(value: unknown): value is Record<string, unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (DICT in value) return true;
  if (typeof value === 'function' || isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value surely holds no other values: an array or a scalar. */
export function isLeaf(value: unknown): boolean {
  return isArray(value) || value === null || (typeof value !== 'object' && typeof value !== 'function');
}

/** Calls `visit` for each leaf of a tree, in order. */
export function visitLeaves(tree: Tree, visit: (leaf: unknown) => void, depth = 0): void {
  if (isArray(tree)) {
    visit(tree);
  } else if (Array.isArray(tree)) {
    checkDepth(depth, tree);
    for (let i = 0; i < tree.length; i++) visitLeaves(tree[i], visit, depth + 1);
  } else if (tree instanceof Map) {
    checkDepth(depth);
    for (const item of tree.values()) visitLeaves(item, visit, depth + 1);
  } else if (tree instanceof RandomState) {
    visit(tree.__getitem__(0));
  } else if (isDict(tree)) {
    checkDepth(depth);
    for (const key of Object.keys(tree)) visitLeaves(tree[key], visit, depth + 1);
  } else {
    visit(tree);
  }
}

/** A tree of the same shape whose leaves are `map` of this one's. Dicts become plain objects. */
export function mapTree(tree: Tree, map: (leaf: unknown) => unknown, depth = 0): any {
  if (isArray(tree)) return map(tree);
  if (Array.isArray(tree)) {
    checkDepth(depth, tree);
    return tree.map((item) => mapTree(item, map, depth + 1));
  }
  if (tree instanceof Map) {
    checkDepth(depth);
    return new Map(Array.from(tree, ([key, item]) => [key, mapTree(item, map, depth + 1)]));
  }
  if (isDict(tree)) {
    checkDepth(depth);
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(tree)) define(out, key, mapTree(tree[key], map, depth + 1));
    return out;
  }
  return map(tree);
}

/** Sets a key, also where it is `__proto__`. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** Replaces each array of a tree in place by `update` of it; frozen lists are rebuilt. Returns the tree. */
export function updateTree(tree: Tree, update: (array: Wrapper) => unknown, depth = 0): Tree {
  if (isArray(tree)) return update(tree);
  if (Array.isArray(tree)) {
    checkDepth(depth, tree);
    if (Object.isFrozen(tree)) return tree.map((item) => updateTree(item, update, depth + 1));
    for (let i = 0; i < tree.length; i++) {
      const next = updateTree(tree[i], update, depth + 1);
      if (next !== tree[i]) tree[i] = next;
    }
  } else if (tree instanceof Map) {
    checkDepth(depth);
    for (const [key, item] of tree) tree.set(key, updateTree(item, update, depth + 1));
  } else if (tree instanceof RandomState) {
    tree.replace(update(tree.__getitem__(0)) as Wrapper);
  } else if (isDict(tree)) {
    checkDepth(depth);
    if (Object.isFrozen(tree)) return mapTree(tree, (leaf) => (isArray(leaf) ? update(leaf) : leaf));
    for (const key of Object.keys(tree)) {
      const next = updateTree(tree[key], update, depth + 1);
      if (next !== tree[key]) tree[key] = next;
    }
  }
  return tree;
}

/** The arrays of a tree. With `strict`, any other leaf is a ValueError. */
export function flattenTree(tree: Tree, strict = false): Wrapper[] {
  const found: Wrapper[] = [];
  visitLeaves(tree, (leaf) => {
    if (isArray(leaf)) found.push(leaf);
    else if (strict) throw new ValueError('[tree_flatten] The argument should contain only arrays');
  });
  return found;
}

/** Puts arrays into a tree in place, in order. */
export function fillTree(tree: Tree, arrays: readonly Wrapper[]): void {
  let next = 0;
  updateTree(tree, () => arrays[next++]);
}

/** A tree of the same shape with other arrays, taken from `arrays` from index `start` on. */
export function unflattenTree(tree: Tree, arrays: readonly Wrapper[], start = 0): any {
  let next = start;
  return mapTree(tree, (leaf) => (isArray(leaf) ? arrays[next++] : leaf));
}

const PLACE = Symbol('place of an array');

/** A tree's shape with its other leaves: it holds no array. */
export function structureOf(tree: Tree): Tree {
  return mapTree(tree, (leaf) => (isArray(leaf) ? PLACE : leaf));
}

/** Puts arrays into a structure. */
export function fromStructure(structure: Tree, arrays: readonly Wrapper[], start = 0): any {
  let next = start;
  return mapTree(structure, (leaf) => (leaf === PLACE ? arrays[next++] : leaf));
}

/** Writes arrays to the list area; the list's position. Throws a ValueError for a disposed one, which names the call. */
export function handleList(arrays: readonly Wrapper[], call?: string): number {
  for (const array of arrays) if (ownHandle(array) === 0) liveHandle(array, call);
  const position = reserveList(arrays.length);
  for (let i = 0; i < arrays.length; i++) list[position + 1 + i] = ownHandle(arrays[i]!);
  return position;
}

/** Writes ints to the list area; the list's position. */
export function numberList(numbers: ArrayLike<number>): number {
  const position = reserveList(numbers.length);
  for (let i = 0; i < numbers.length; i++) list[position + 1 + i] = numbers[i]!;
  return position;
}

/** Writes the arrays of a tree to the list area; the list's position. */
export function treeList(tree: Tree, call: string): number {
  return handleList(flattenTree(tree), call);
}

/** Visits two trees together: for each leaf of the first, the second's part that belongs to it. */
export function visitPairs(
  tree: Tree,
  other: unknown,
  visit: (leaf: unknown, other: unknown) => void,
  depth = 0,
): void {
  if (isArray(tree)) {
    visit(tree, other);
  } else if (Array.isArray(tree)) {
    checkDepth(depth, tree);
    checkPrefix(isDictionary(other) || (Array.isArray(other) && other.length !== tree.length));
    for (let i = 0; i < tree.length; i++) {
      visitPairs(tree[i], Array.isArray(other) ? other[i] : other, visit, depth + 1);
    }
  } else if (isDictionary(tree)) {
    checkDepth(depth);
    checkPrefix(Array.isArray(other));
    for (const [key, item] of entriesOf(tree)) {
      checkPrefix(isDictionary(other) && !hasKey(other, key));
      visitPairs(item, isDictionary(other) ? itemOf(other, key) : other, visit, depth + 1);
    }
  } else {
    visit(tree, other);
  }
}

type Dictionary = Record<string, unknown> | Map<unknown, unknown>;

function isDictionary(value: unknown): value is Dictionary {
  return value instanceof Map || isDict(value);
}

function entriesOf(dictionary: Dictionary): Iterable<[unknown, unknown]> {
  return dictionary instanceof Map ? dictionary : Object.entries(dictionary);
}

function hasKey(dictionary: Dictionary, key: unknown): boolean {
  return dictionary instanceof Map ? dictionary.has(key) : Object.hasOwn(dictionary, key as string);
}

function itemOf(dictionary: Dictionary, key: unknown): unknown {
  return dictionary instanceof Map ? dictionary.get(key) : dictionary[key as string];
}

function checkPrefix(mismatch: boolean): void {
  if (mismatch) throw new ValueError('[tree_visit] Tree is not a valid prefix tree of the first tree.');
}
