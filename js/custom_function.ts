// custom_function: a function with its own rules for vjp, jvp and vmap.
import { RuntimeError, TypeError, ValueError } from './errors';
import { callable } from './grad';
import { adoptAll, isArray, type Wrapper } from './handle';
import { native } from './native';
import { ints } from './registers';
import { describe, Signature, tooMany } from './signature';
import { type AnyFunction, named, traced } from './trace';
import {
  flattenTree,
  fromStructure,
  handleList,
  mapTree,
  numberList,
  structureOf,
  type Tree,
  visitPairs,
} from './tree';

const CUSTOM_FUNCTION = new Signature('custom_function(f: Callable)');
const RULE = new Signature('custom_function.rule(f: Callable)');

/** A function whose derivatives are given by rules; callable like the function itself. */
export interface CustomFunction {
  (...args: any[]): any;
  /** Sets the rule (primals, cotangents, outputs) => cotangents of the primals. Returns the function. */
  vjp(rule: AnyFunction): CustomFunction;
  /** Sets the rule (primals, tangents) => tangents of the outputs. Returns the function. */
  jvp(rule: AnyFunction): CustomFunction;
  /** Sets the rule (inputs, axes) => [outputs, their axes]. Returns the function. */
  vmap(rule: AnyFunction): CustomFunction;
}

interface Rules {
  vjp?: AnyFunction;
  jvp?: AnyFunction;
  vmap?: AnyFunction;
}

/** One argument stands for itself in a rule, several are a list. */
function oneOrList(args: readonly unknown[]): unknown {
  return args.length === 1 ? args[0] : args;
}

function callWithRules(body: AnyFunction, rules: Rules, args: unknown[]): unknown {
  const structure = structureOf(args);
  const inputs = flattenTree(args);
  let resultStructure: Tree;
  const forward = traced((tracers) => {
    const result = body(...fromStructure(structure, tracers));
    resultStructure = structureOf(result);
    return flattenTree(result, true);
  });
  ints[0] = handleList(inputs);
  native.custom_function(
    undefined,
    forward,
    rules.vjp && vjpRule(rules.vjp, structure, () => resultStructure),
    rules.jvp && jvpRule(rules.jvp, structure),
    rules.vmap && vmapRule(rules.vmap, structure),
  );
  return fromStructure(resultStructure, adoptAll());
}

function vjpRule(rule: AnyFunction, structure: Tree, resultStructure: () => Tree): AnyFunction {
  return traced((arrays, primalCount, cotangentCount) => {
    const primals = fromStructure(structure, arrays) as unknown[];
    const cotangents = fromStructure(resultStructure(), arrays, primalCount!);
    const outputs = fromStructure(resultStructure(), arrays, primalCount! + cotangentCount!);
    return flattenTree(rule(oneOrList(primals), cotangents, outputs));
  });
}

function jvpRule(rule: AnyFunction, structure: Tree): AnyFunction {
  return traced((arrays, primalCount, ...argnums) => {
    const primals = fromStructure(structure, arrays) as unknown[];
    const known = new Set(argnums);
    let index = 0;
    let next = primalCount!;
    const tangents = mapTree(primals, (leaf) =>
      isArray(leaf) && known.has(index++) ? arrays[next++] : null,
    );
    return flattenTree(rule(oneOrList(primals), oneOrList(tangents)));
  });
}

function vmapRule(rule: AnyFunction, structure: Tree): AnyFunction {
  return traced((arrays, ...axes) => {
    const inputs = fromStructure(structure, arrays) as unknown[];
    let index = 0;
    const inAxes = mapTree(inputs, (leaf) => {
      if (!isArray(leaf)) return null;
      const axis = axes[index++]!;
      return axis >= 0 ? axis : null;
    });
    const result = rule(oneOrList(inputs), oneOrList(inAxes));
    if (!Array.isArray(result) || result.length !== 2) {
      throw new ValueError('[custom vmap] Vmap function should return a list with 2 items.');
    }
    const outputs: Wrapper[] = [];
    const outAxes: number[] = [];
    visitPairs(result[0], result[1], (leaf, axis) => {
      if (!isArray(leaf)) return;
      if (
        axis !== null &&
        axis !== undefined &&
        !(Number.isInteger(axis) && Math.abs(axis as number) < 2 ** 31)
      ) {
        throw new RuntimeError(`[custom vmap] Axes must be ints or null, got ${describe(axis)}.`);
      }
      outputs.push(leaf);
      outAxes.push((axis as number | null | undefined) ?? -1);
    });
    const position = numberList(outAxes);
    ints[2] = position;
    return outputs;
  });
}

/** Makes a function whose vjp, jvp and vmap can be given: `mx.custom_function(f).vjp((primals, ct, out) => …)`. */
export function custom_function(...given: unknown[]): CustomFunction {
  if (given.length !== 1)
    throw given.length === 0
      ? new TypeError('custom_function(): a function is needed.')
      : tooMany(CUSTOM_FUNCTION, given);
  const body = callable(given[0], CUSTOM_FUNCTION, 'f');
  const rules: Rules = {};
  const call = (...args: unknown[]): unknown =>
    rules.vjp || rules.jvp || rules.vmap ? callWithRules(body, rules, args) : body(...args);
  const custom: CustomFunction = Object.assign(named(call, body), {
    vjp: (rule: AnyFunction) => set('vjp', rule),
    jvp: (rule: AnyFunction) => set('jvp', rule),
    vmap: (rule: AnyFunction) => set('vmap', rule),
  });
  const set = (name: keyof Rules, rule: unknown): CustomFunction => {
    rules[name] = callable(rule, RULE, 'f');
    return custom;
  };
  return custom;
}
