// What compiled code imports as `py`: Python's semantics for what JavaScript does differently.
export type { array, Dtype } from '../types';

import { useMethods } from './builtins';
import * as containers from './containers';
import * as strings from './strings';
import { str_format } from './text';

export * from './builtins';
export {
  add_item,
  append,
  clear,
  copied,
  count,
  delitem,
  difference,
  difference_update,
  discard,
  entries_as_object,
  extend,
  get,
  getitem,
  index_items,
  index_of,
  insert,
  intersection,
  intersection_update,
  isdisjoint,
  issubset,
  issuperset,
  items,
  iter,
  keys,
  len,
  pop,
  popitem,
  remove,
  reverse,
  setdefault,
  setitem,
  sort,
  symmetric_difference,
  union,
  unpack,
  update,
  values,
} from './containers';
export { enter } from './context';
export { dataclass, field, float_field, required } from './dataclass';
export * from './exceptions';
export { collections, functools, itertools, operator } from './functools';
export { keywords, kwargs, signature } from './keywords';
export { math } from './math';
export {
  contextlib,
  copy,
  dataclasses,
  inspect,
  json,
  missing,
  os,
  re,
  string,
  sys,
  textwrap,
  time,
  types,
  typing,
  warnings,
} from './modules';
export {
  AttributeDict,
  cached_property,
  call,
  create,
  DictObject,
  decorate_method,
  Object,
  object_setattr,
  shared,
  super_of,
} from './object';
export {
  add,
  and_,
  both,
  contains,
  either,
  eq,
  floordiv,
  ge,
  gt,
  iadd,
  iand,
  ifloordiv,
  ilshift,
  imatmul,
  imod,
  imul,
  invert,
  ior,
  ipow,
  irshift,
  isub,
  itruediv,
  ixor,
  le,
  lshift,
  lt,
  matmul,
  mod,
  mul,
  NotImplemented,
  ne,
  neg,
  or_,
  pos,
  rshift,
  sequence,
  sub,
  truediv,
  xor,
} from './operators';
export * from './strings';
export { as_float, ascii, format, percent, repr, str_format } from './text';
export { Tuple } from './tuple';

const {
  append,
  extend,
  insert,
  pop,
  remove,
  index_of,
  count,
  sort,
  reverse,
  copied,
  clear,
  items,
  keys,
  values,
  get,
  setdefault,
  update,
} = containers;
useMethods({
  append,
  extend,
  insert,
  pop,
  remove,
  index: index_of,
  count,
  sort,
  reverse,
  copy: copied,
  clear,
  items,
  keys,
  values,
  get,
  setdefault,
  update,
  add: containers.add_item,
  discard: containers.discard,
  format: str_format,
  ...strings,
});

/** `globals()`: the module's own names. */
export function globals_of(names: () => Record<string, unknown>): Record<string, unknown> {
  return names();
}
