// Differentiation: grad, value_and_grad, jvp, vjp.
import { isOptions, readItems } from './arguments';
import { TypeError, ValueError } from './errors';
import { adoptAll, isArray, isArrayList, type Wrapper } from './handle';
import { native } from './native';
import { ints } from './registers';
import { badArgument, checkKeywords, describe, Signature, tooMany } from './signature';
import { type AnyFunction, identities, named, replaceArrays, traced } from './trace';
import {
  fillTree,
  flattenTree,
  fromStructure,
  handleList,
  isLeaf,
  numberList,
  structureOf,
  type Tree,
  unflattenTree,
} from './tree';

const VALUE_AND_GRAD = new Signature(
  'value_and_grad(fun: Callable, argnums: int | Sequence[int] | None = None, argnames: str | Sequence[str] = [])',
);
const GRAD = new Signature(
  'grad(fun: Callable, argnums: int | Sequence[int] | None = None, argnames: str | Sequence[str] = [])',
);

/** Which arguments to differentiate by. */
interface Wanted {
  argnums: number[];
  argnames: Set<string>;
}

/** A function, or a callable module. */
export function callable(value: unknown, signature: Signature, name: string): AnyFunction {
  if (typeof value === 'function') return value as AnyFunction;
  throw badArgument(signature, name, 'a function', value);
}

function wantedArguments(argnums: unknown, argnames: unknown, tag: string, signature: Signature): Wanted {
  const isList = Array.isArray(argnames) || argnames instanceof Set;
  if (!isList && argnames !== undefined && typeof argnames !== 'string') {
    throw badArgument(signature, 'argnames', 'a name or names', argnames);
  }
  let given: readonly unknown[] = argnames === undefined ? [] : [argnames];
  if (isList) given = Array.isArray(argnames) ? argnames : [...(argnames as Set<unknown>)];
  const names = new Set(
    readItems(given, signature, 'argnames', (name) => {
      if (typeof name !== 'string') throw badArgument(signature, 'argnames', 'a name or names', argnames);
      return name;
    }),
  );
  let numbers: number[];
  if (argnums === undefined || argnums === null) numbers = names.size === 0 ? [0] : [];
  else numbers = readItems(Array.isArray(argnums) ? argnums : [argnums], signature, 'argnums', Number);
  if (!numbers.every(Number.isInteger))
    throw badArgument(signature, 'argnums', 'an int or a list of ints', argnums);
  if (numbers.length === 0 && names.size === 0)
    throw new ValueError(`${tag} Gradient wrt no argument requested`);
  numbers.sort((a, b) => a - b);
  if (numbers[0]! < 0) {
    throw new ValueError(`${tag} Can't compute the gradient of negative argument index ${numbers[0]}`);
  }
  numbers.forEach((n, i) => {
    if (i > 0 && n === numbers[i - 1])
      throw new ValueError(`${tag} Duplicate argument index ${n} is not allowed.`);
  });
  return { argnums: numbers, argnames: names };
}

/** Parses (fun, argnums, argnames) with an options object. */
function parse(given: unknown[], tag: string, signature: Signature): [AnyFunction, Wanted] {
  let [fun, argnums, argnames] = given;
  let count = given.length;
  if (count > 1 && isOptions(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(signature, options, count);
    if (count < 2) argnums = options.argnums;
    if (count < 3) argnames = options.argnames;
  }
  if (count > 3) throw tooMany(signature, given);
  return [callable(fun, signature, 'fun'), wantedArguments(argnums, argnames, tag, signature)];
}

function checkResult(result: unknown, tag: string, scalarOnly: boolean): void {
  if (isArray(result)) return;
  const start = `${tag} The return value of the function whose gradient we want to compute should be `;
  if (scalarOnly) throw new ValueError(`${start}a scalar array; but ${describe(result)} was returned.`);
  const expected = 'either a scalar array or a list with the first value being a scalar array';
  if (!Array.isArray(result))
    throw new ValueError(`${start}${expected}; but ${describe(result)} was returned.`);
  if (!isArray(result[0]))
    throw new ValueError(`${start}${expected}; but it was a list that starts with ${describe(result[0])}.`);
}

function differentiate(
  fun: AnyFunction,
  wanted: Wanted,
  tag: string,
  scalarOnly: boolean,
): (...args: unknown[]) => [any, any] {
  const { argnums, argnames } = wanted;
  return (...given: unknown[]) => {
    // With argnames, a last options object holds the function's keywords.
    const last = given[given.length - 1];
    const keywords = argnames.size > 0 && isOptions(last) ? last : undefined;
    const args = keywords === undefined ? given : given.slice(0, -1);
    if (argnums.length > 0 && argnums[argnums.length - 1]! >= args.length) {
      throw new ValueError(
        `${tag} Can't compute the gradient of argument index ${argnums[argnums.length - 1]} because the function is ` +
          `called with only ${args.length} positional arguments.`,
      );
    }
    for (const name of argnames) {
      if (keywords === undefined || !Object.hasOwn(keywords, name)) {
        throw new ValueError(
          `${tag} Can't compute the gradient of keyword argument '${name}' because the function is called with the ` +
            `following keyword arguments {${Object.keys(keywords ?? {}).join(',')}}`,
        );
      }
    }

    const arrays: Wrapper[] = [];
    const gradientIndices: number[] = [];
    // The gradients have the trees of their arguments, as they are before the function may change them.
    const structures: { tree: Tree; count: number }[] = [];
    const collect = (tree: Tree, wantsGradient: boolean): void => {
      const found = flattenTree(tree, wantsGradient);
      if (wantsGradient) {
        for (let i = 0; i < found.length; i++) gradientIndices.push(arrays.length + i);
        structures.push({ tree: structureOf(tree), count: found.length });
      }
      for (const array of found) arrays.push(array);
    };
    args.forEach((argument, i) => {
      collect(argument, argnums.includes(i));
    });
    const names = Object.keys(keywords ?? {});
    for (const name of names) collect(keywords![name], argnames.has(name));

    let result: any;
    let valueCount = 0;
    // The containers stay the user's own: they are filled with tracers, and afterwards with what was there, except
    // where the function itself has put something else.
    const callWith = (tracers: Wrapper[]): unknown => {
      const tree: [unknown[], Record<string, unknown> | undefined] = [[...args], keywords && { ...keywords }];
      const before = identities(tracers);
      fillTree(tree, tracers);
      try {
        return tree[1] === undefined ? fun(...tree[0]) : fun(...tree[0], tree[1]);
      } finally {
        replaceArrays(tree, tracers, before, arrays);
      }
    };
    const callback = traced((tracers) => {
      if (keywords === undefined && args.every(isLeaf)) result = fun(...unflattenTree(args, tracers));
      else result = callWith(tracers);
      checkResult(result, tag, scalarOnly);
      const outputs = flattenTree(result);
      valueCount = outputs.length;
      return outputs;
    });
    const position = handleList(arrays);
    const indices = numberList(gradientIndices);
    ints[0] = position;
    ints[2] = indices;
    native.value_and_grad(undefined, callback);
    const all = adoptAll();

    let next = valueCount;
    const trees = structures.map(({ tree, count }) => {
      const gradient = fromStructure(tree, all, next);
      next += count;
      return gradient;
    });
    const positional = trees.slice(0, argnums.length);
    let gradients: any = argnums.length === 0 ? null : argnums.length === 1 ? positional[0] : positional;
    if (argnames.size > 0) {
      const wantedNames = names.filter((name) => argnames.has(name));
      gradients = [
        gradients,
        Object.fromEntries(wantedNames.map((name, i) => [name, trees[argnums.length + i]])),
      ];
    }
    return [unflattenTree(result, all), gradients];
  };
}

/**
 * A function that returns the value of `fun` and its gradient by the arguments that argnums (positions) and argnames
 * (keys of the last options object) name; by the first one where none are named. `fun` returns a scalar array, or a
 * list that starts with one.
 */
export function value_and_grad(...given: unknown[]): (...args: any[]) => [any, any] {
  const [fun, wanted] = parse(given, '[value_and_grad]', VALUE_AND_GRAD);
  return named(differentiate(fun, wanted, '[value_and_grad]', false), fun);
}

/** A function that returns the gradient of `fun`, which must return a scalar array. See `value_and_grad`. */
export function grad(...given: unknown[]): (...args: any[]) => any {
  const [fun, wanted] = parse(given, '[grad]', GRAD);
  const both = differentiate(fun, wanted, '[grad]', true);
  return named((...args: unknown[]) => both(...args)[1], fun);
}

const JVP = new Signature(
  'jvp(fun: Callable, primals: list[array], tangents: list[array]) -> tuple[list[array], list[array]]',
);
const VJP = new Signature(
  'vjp(fun: Callable, primals: list[array], cotangents: list[array]) -> tuple[list[array], list[array]]',
);

function arrayListOf(value: unknown, signature: Signature, name: string): Wrapper[] {
  if (isArray(value)) return [...value]; // an array is the list of its rows
  if (isArrayList(value)) return value;
  throw badArgument(signature, name, 'a list of arrays', value);
}

function alongVectors(
  given: unknown[],
  signature: Signature,
  transform: (...args: any[]) => void,
): [Wrapper[], Wrapper[]] {
  const [second, third] = signature === JVP ? ['primals', 'tangents'] : ['primals', 'cotangents'];
  let [fun, primals, vectors] = given;
  let count = given.length;
  if (count > 1 && isOptions(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(signature, options, count);
    if (count < 2) primals = options[second!];
    if (count < 3) vectors = options[third!];
  }
  if (count > 3) throw tooMany(signature, given);
  const body = callable(fun, signature, 'fun');
  const inputs = arrayListOf(primals, signature, second!);
  const directions = arrayListOf(vectors, signature, third!);
  let outputCount = 0;
  const callback = traced((tracers) => {
    const result = body(...tracers);
    const outputs = isArray(result) ? [result] : result;
    if (!isArrayList(outputs)) {
      throw new TypeError(
        `${signature.name}(): the function must return an array or a list of arrays, got ${describe(result)}.`,
      );
    }
    outputCount = outputs.length;
    return outputs;
  });
  const first = handleList(inputs);
  const along = handleList(directions);
  ints[0] = first;
  ints[2] = along;
  transform(undefined, callback);
  const all = adoptAll();
  return [all.slice(0, outputCount), all.slice(outputCount)];
}

/** Outputs of `fun` at the primals, and their derivatives along the tangents. */
export function jvp(...given: unknown[]): [Wrapper[], Wrapper[]] {
  return alongVectors(given, JVP, native.jvp!);
}

/** Outputs of `fun` at the primals, and the products of the cotangents with its Jacobian. */
export function vjp(...given: unknown[]): [Wrapper[], Wrapper[]] {
  return alongVectors(given, VJP, native.vjp!);
}
