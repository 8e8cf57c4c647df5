// Runs cases in Node and writes one result line per case at once, so that a crash loses only its own case.
//
// Input and output are those of python_runner.py. Only the public interface of the package `mlx` is used, as
// a program in this repository would import it.
//     node node_runner.mjs cases.jsonl results.jsonl own/ other/ 0 5000
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import mlx from 'mlx';
import { ACTIONS } from './node_actions.mjs';
import { Context, decode, encode, encodeError, lookup, Unbound } from './node_values.mjs';

const mx = mlx.core;

/**
 * What a path of the surface is called with. A method of a class is called on its first argument, also where
 * that is of another kind: the function must refuse it. Classes that the package does not show have methods too.
 */
function callable(dotted) {
  const at = dotted.lastIndexOf('.');
  const [parent, name] = [dotted.slice(0, at), dotted.slice(at + 1)];
  const owner = lookup(parent);
  if (typeof owner === 'function') {
    return (receiver, ...args) => {
      const found = owner.prototype?.[name] ?? receiver?.[name];
      if (typeof found !== 'function') throw new Unbound(dotted);
      return found.apply(receiver, args);
    };
  }
  const found = lookup(dotted);
  if (typeof found !== 'function') throw new Unbound(dotted);
  const isClass = found !== mx.array && /^class\b/.test(Function.prototype.toString.call(found));
  return isClass ? (...args) => new found(...args) : found;
}

function call(step, context) {
  const action = ACTIONS[step.call];
  const args = step.args.map((argument) => decode(argument, context));
  const keywords = Object.entries(step.kwargs).map(([name, value]) => [name, decode(value, context)]);
  if (keywords.length > 0) args.push(Object.fromEntries(keywords));
  if (action) return action(...args, step.args.map((argument) => Object.keys(argument)[0]));
  return callable(step.call)(...args);
}

function runCase(given, own, other) {
  const context = new Context(own, other, call);
  const encoded = [];
  if (given.seed !== undefined) mx.random.seed(given.seed);
  try {
    for (const step of given.steps) {
      const result = context.call(step);
      context.results.push(result);
      encoded.push(encode(result));
    }
  } catch (error) {
    encoded.push(encodeError(error));
  } finally {
    for (const step of given.cleanup ?? []) context.call(step);
  }
  return encoded;
}

const [cases, resultFile, own, other] = process.argv.slice(2, 6).map((argument) => path.resolve(argument));
const [first, count] = process.argv.slice(6).map(Number);
// Calls with odd file names write into this folder.
process.chdir(own);
const out = openSync(resultFile, 'a');
let number = 0;
for await (const line of readline.createInterface({ input: createReadStream(cases) })) {
  if (number >= first + count) break;
  if (number++ < first) continue;
  const given = JSON.parse(line);
  const results = runCase(given, own, other);
  // A kernel has broken this process's access to the GPU: nothing that follows would work.
  if (results.at(-1)?.error?.message.includes('illegal memory access')) process.abort();
  writeSync(out, `${JSON.stringify({ id: given.id, results })}\n`);
}
closeSync(out);
