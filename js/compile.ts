// Compilation: compile, enable_compile, disable_compile, checkpoint.
import { bool, isOptions } from './arguments';
import { ValueError } from './errors';
import { callable } from './grad';
import { adoptAll, isArray, type Wrapper } from './handle';
import { native } from './native';
import { Float, isInteger } from './numbers';
import { ints, wides } from './registers';
import { checkKeywords, describe, Signature, tooMany } from './signature';
import { identities, named, replaceArrays, traced } from './trace';
import {
  fillTree,
  flattenTree,
  fromStructure,
  handleList,
  isDict,
  numberList,
  structureOf,
  type Tree,
  unflattenTree,
} from './tree';

const COMPILE = new Signature(
  'compile(fun: Callable, inputs: object | None = None, outputs: object | None = None, shapeless: bool = False)',
);
const CHECKPOINT = new Signature('checkpoint(fun: Callable)');

/** What a constant in the arguments is; each writes two pairs of ints to the key. */
const KEY = { list: 1, dict: 2, array: 3, none: 4, integer: 5, real: 6, text: 7, map: 8 } as const;

/** Texts are keyed by a number of their own: equal texts have equal numbers, others never. */
const textNumbers = new Map<string, number>();

function textNumber(text: string): number {
  const known = textNumbers.get(text);
  if (known !== undefined) return known;
  textNumbers.set(text, textNumbers.size);
  return textNumbers.size - 1;
}

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/** Splits arguments into arrays and the key of everything else: constants and the shape of the tree. */
function splitArguments(tree: Tree, arrays: Wrapper[], key: number[]): void {
  if (isArray(tree)) {
    arrays.push(tree);
    key.push(KEY.array, 0);
  } else if (typeof tree === 'number') {
    float[0] = tree;
    key.push(isInteger(tree) ? KEY.integer : KEY.real, 0, halves[0]!, halves[1]!);
  } else if (tree === null || tree === undefined) {
    key.push(KEY.none, 0);
  } else if (typeof tree === 'boolean') {
    key.push(KEY.integer, tree ? 1 : 0);
  } else if (typeof tree === 'string') {
    key.push(KEY.text, textNumber(tree));
  } else if (tree instanceof Float) {
    float[0] = tree.value;
    key.push(KEY.real, 0, halves[0]!, halves[1]!);
  } else if (typeof tree === 'bigint') {
    key.push(KEY.integer, 2, textNumber(tree.toString()), 0);
  } else if (Array.isArray(tree)) {
    key.push(KEY.list, tree.length);
    for (let i = 0; i < tree.length; i++) splitArguments(tree[i], arrays, key);
  } else if (tree instanceof Map) {
    key.push(KEY.map, tree.size);
    for (const [name, item] of tree) {
      splitArguments(name, arrays, key);
      splitArguments(item, arrays, key);
    }
  } else if (isDict(tree)) {
    const names = Object.keys(tree);
    key.push(KEY.dict, names.length);
    for (const name of names) {
      key.push(KEY.text, textNumber(name));
      splitArguments(tree[name], arrays, key);
    }
  } else {
    throw new ValueError(
      '[compile] Function arguments must be trees of arrays or constants (floats, ints, strings, or None), but ' +
        `received type ${describe(tree)}.`,
    );
  }
}

let lastId = 0n;

/**
 * A function that does what `fun` does and is compiled: traced once for each shape, dtype and constant of its
 * arguments, simplified and fused.
 *
 * @param inputs (in the options) a tree of arrays that `fun` reads besides its arguments; its arrays are read anew at
 *   each call.
 * @param outputs (in the options) a tree of arrays that `fun` changes in place; it is updated after each call.
 * @param shapeless (in the options) whether a new shape of an argument does not compile again.
 */
export function compile(...given: unknown[]): (...args: any[]) => any {
  let [fun, inputs, outputs, shapeless] = given;
  let count = given.length;
  // A dict of captured arrays is a positional argument; anything that names no option but is the second is one too.
  if (count > 1 && isOptions(given[count - 1]) && !isTree(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(COMPILE, options, count);
    if (count < 2) inputs = options.inputs;
    if (count < 3) outputs = options.outputs;
    if (count < 4) shapeless = options.shapeless;
  }
  if (count > 4) throw tooMany(COMPILE, given);
  const body = callable(fun, COMPILE, 'fun');
  const isShapeless = bool(shapeless === undefined ? false : shapeless, COMPILE, 'shapeless');
  const capturesIn = inputs !== undefined && inputs !== null;
  const capturesOut = outputs !== undefined && outputs !== null;
  const id = ++lastId;
  const shapes = isShapeless ? native.checked_shapes() : undefined;
  // One per trace: the shape of what `fun` returned. Native code hands the number back with a trace's results.
  const structures: { tree: Tree; count: number }[] = [];

  const compiled = named((...args: unknown[]) => {
    const arrays: Wrapper[] = [];
    const key: number[] = [];
    splitArguments(args, arrays, key);
    const captured = capturesIn ? flattenTree(inputs) : [];

    const callback = traced((tracers) => {
      const captureTracers = tracers.slice(arrays.length);
      const before = identities(captureTracers);
      if (capturesIn) fillTree(inputs, captureTracers);
      let results: Wrapper[];
      let structure: number;
      try {
        const result = body(...unflattenTree(args, tracers));
        results = flattenTree(result);
        structure = structures.push({ tree: structureOf(result), count: results.length }) - 1;
        if (capturesOut) results = [...results, ...flattenTree(outputs)];
      } finally {
        if (capturesIn) replaceArrays(inputs, captureTracers, before, captured);
      }
      // Stored last: all of the above uses the registers.
      ints[2] = structure;
      return results;
    });

    const position = handleList(captured.length > 0 ? [...arrays, ...captured] : arrays);
    const keyPosition = numberList(key);
    ints[0] = position;
    ints[2] = keyPosition;
    wides[4] = id;
    ints[6] = isShapeless;
    native.compiled(undefined, callback, shapes);
    const structure = structures[ints[0]!]!;
    const all = adoptAll();
    if (capturesOut) fillTree(outputs, all.slice(structure.count));
    return fromStructure(structure.tree, all);
  }, body);

  wides[0] = id;
  native.compile_watch(compiled);
  return compiled;
}

/** Whether an object holds arrays under names that are no options of `compile`. */
function isTree(value: unknown): boolean {
  const keys = Object.keys(value as object);
  return !keys.some((key) => COMPILE.keywords.has(key)) && flattenTree(value).length > 0;
}

/** A function that does what `fun` does but computes its intermediate results again for the gradient. */
export function checkpoint(...given: unknown[]): (...args: any[]) => any {
  if (given.length > 1) throw tooMany(CHECKPOINT, given);
  const body = callable(given[0], CHECKPOINT, 'fun');
  return named((...args: unknown[]) => {
    const arrays = flattenTree(args);
    const argumentStructure = structureOf(args);
    let resultStructure: Tree;
    const callback = traced((tracers) => {
      const result = body(...fromStructure(argumentStructure, tracers));
      resultStructure = structureOf(result);
      return flattenTree(result);
    });
    ints[0] = handleList(arrays);
    native.checkpoint(undefined, callback);
    return fromStructure(resultStructure, adoptAll());
  }, body);
}
