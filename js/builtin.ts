// Modules of Node that take milliseconds to load and that most programs never need, loaded when they are.

interface Builtins {
  'node:stream': typeof import('node:stream');
  'node:v8': typeof import('node:v8');
  'node:vm': typeof import('node:vm');
  'node:worker_threads': typeof import('node:worker_threads');
  'node:zlib': typeof import('node:zlib');
}

/** A module of Node's own. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return require(name) as Builtins[Name];
}
