// Actions: what a case can do in JavaScript besides calling a function of mlx.core.
//
// Input: decoded arguments. Output: the result to compare. python_actions.py has the same names, each in the
// notation of Python: a.get(0, ':') here is a[0, :] there.
import { readFileSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import mlx from 'mlx';
import { PROGRAM_ACTIONS } from './node_programs.mjs';
import { lookup, Unbound } from './node_values.mjs';

const mx = mlx.core;

const limits = { set_memory_limit: mx.get_memory_limit(), set_cache_limit: mx.set_cache_limit(2 ** 25) };
mx.set_cache_limit(limits.set_cache_limit);

/** A method of a value, or Unbound where it has none. */
function method(owner, name) {
  if (typeof owner?.[name] !== 'function') throw new Unbound(name);
  return owner[name].bind(owner);
}

/** Parts of an index: a tuple has several, anything else is one. The step's own tag tells them apart. */
function parts(index, tag) {
  return tag === 'tuple' ? index : [index];
}

/** In a.set an array is a tuple, so that a list of positions needs another around it. */
function setItem(array, index, value, tags) {
  array.set(tags[1] === 'list' ? [index] : index, value);
  return array;
}

function withScope(path, argument, body) {
  const scope = lookup(path)(argument);
  try {
    return body();
  } finally {
    scope[Symbol.dispose]();
  }
}

function withContext(context, body) {
  context.__enter__();
  try {
    return body();
  } finally {
    context.__exit__();
  }
}

/** An object that becomes `value` where an array is wanted. */
class ArrayLike {
  #value;
  constructor(value) {
    this.#value = value;
  }
  __mlx_array__() {
    return this.#value;
  }
}

/** What a user's callback throws: transforms must pass it on as it is. */
class OwnError extends Error {
  name = 'OwnError';
  code = 'ERR_MLX_PARITY_PROTOCOL';
}

function raiseOwn() {
  throw new OwnError('thrown by the callback');
}

const device = mx.default_device();

function restoreDefaults() {
  mx.enable_compile();
  mx.set_printoptions(-1);
  mx.set_default_device(device);
  for (const [name, limit] of Object.entries(limits)) mx[name](limit);
  mx.set_wired_limit(0);
}

function getAttribute(owner, name) {
  const value = owner[name];
  if (value === undefined) throw new Unbound(name);
  return value;
}

class StopIteration extends Error {
  name = 'StopIteration';
  code = 'ERR_MLX_PARITY_PROTOCOL';
}

/** JavaScript's iteration protocol in the words of Python's. */
function next(iterator) {
  const { done, value } = iterator.next();
  if (done) throw new StopIteration();
  return value;
}

/** Each function gets the decoded arguments and, last, the tags they were written with. */
export const ACTIONS = {
  ...PROGRAM_ACTIONS,
  identity: (value) => value,
  apply: (callee, ...args) => callee(...args.slice(0, -1)),
  array_like: (value) => new ArrayLike(value),
  raise_own: raiseOwn,
  // The promise is not waited for: the next evaluation waits for the same work.
  async_eval: (...args) => {
    mx.async_eval(...args.slice(0, -1));
  },
  getattr: getAttribute,
  setattr: (owner, name, value) => {
    owner[name] = value;
  },
  getitem: (array, index, tags) => array.get(...parts(index, tags[1])),
  setitem: setItem,
  at: (array, index, name, value, tags) => method(array.at(...parts(index, tags[1])), name)(value),
  at_chain: (array, first, second) => method(array.at(first), '__getitem__')(second),
  at_without_index: (array, name, value) => method(array.at(), name)(value),
  iterate: (array) => [...array],
  repr: (value) => inspect(value),
  str: (value) => String(value),
  item_of: (container, index) => (container.__getitem__ ? container.__getitem__(index) : container[index]),
  with_context: withContext,
  with_callback: (path, argument, body) => lookup(path)(argument, body),
  with_scope: withScope,
  restore_defaults: restoreDefaults,
  read_file: (file) => readFileSync(file),
  write_file: (file, data) => writeFileSync(file, data),
  truncate_file: (file, length) => writeFileSync(file, readFileSync(file).subarray(0, length)),
  load_bytes: (file, format) => mx.load(readFileSync(file), { format }),
  'mlx.core.ArrayIterator.__next__': next,
  'mlx.core.ArrayIterator.__iter__': (iterator) => iterator[Symbol.iterator](),
};
