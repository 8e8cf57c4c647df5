// Indexing: a.get(…), a.set(…, value) and a.at(…), Python's a[…], a[…] = value and a.at[…].
//
// JavaScript has no index expressions, so an index is a list of arguments: ints, slices as text or objects,
// null for a new axis, '...', arrays, and lists (which are arrays of positions, as in Python). Here they are
// checked and written to the list area, four ints each; native/index.h decodes them.
//
//   a.get(0, '1:', null, i)   →   [integer 0] [slice 1:] [newAxis] [array i]
import { isOptions, operand, putOperand } from './arguments';
import { TypeError, ValueError } from './errors';
import { adopt, isArray, newArray, ownHandle, type Wrapper } from './handle';
import { fromHost, liveHandle, type NestedList } from './host_data';
import { native } from './native';
import type { Scalar } from './numbers';
import { named } from './raise';
import { ints, list, MAX_LIST, reserveList } from './registers';
import { checkKeywords, describe, Signature } from './signature';
import { indexInt, isSlice, parseSlice, type Slice } from './slice';

/** One item of an index. Text is a slice (`'1:3'`, `'::-1'`) or `'...'`; null inserts an axis. */
export type IndexItem =
  | number
  | bigint
  | boolean
  | string
  | null
  | Slice
  | Wrapper
  | NestedList<number | bigint | boolean | Wrapper>[];

/** One item, or an array of items that stands for Python's tuple. */
export type Index = IndexItem | readonly IndexItem[];

/** What can be written: typed data takes on the array's dtype. */
export type IndexValue = Scalar | Wrapper | ArrayBufferView | ArrayBufferLike | { __mlx_array__(): Wrapper };

/** A value given by its name: `a.at(0).add({ value: 1 })`. */
export interface ValueOption {
  value: IndexValue;
}

/** Kinds of items, and the parts that a slice has; equal to ItemKind in native/index.cpp. */
const ITEM = { integer: 0, boolean: 1, slice: 2, newAxis: 3, ellipsis: 4, array: 5 } as const;
const HAS_START = 16;
const HAS_STOP = 32;
const HAS_STEP = 64;
const ITEM_INTS = 4;

/** Operations on the elements at an index; equal to UpdateKind in native/index_update.h. */
const UPDATE = { add: 0, subtract: 1, multiply: 2, divide: 3, maximum: 4, minimum: 5 } as const;
type UpdateName = keyof typeof UPDATE;

const UPDATE_SIGNATURES = Object.fromEntries(
  Object.keys(UPDATE).map((name) => [name, new Signature(`${name}(self, value: scalar | array) -> array`)]),
) as Record<UpdateName, Signature>;

const indexGet = native.index_get!;
const indexSet = native.index_set!;
const indexUpdate = native.index_update!;

/** `a.get(...items)`: one item is Python's `a[item]`, none or several are `a[item, …]`. */
export function getItem(array: Wrapper, items: readonly unknown[]): Wrapper {
  return read(array, items, items.length !== 1, 'get');
}

/** `a.__getitem__(index)`: an index as in `setItem`. */
export function getIndex(array: Wrapper, index: unknown): Wrapper {
  return read(array, indexItems(index, '__getitem__'), isTuple(index), '__getitem__');
}

/** An array of items is a tuple, except where it only wraps a list: `[[0, 1]]` is Python's `[0, 1]`. */
function isTuple(index: unknown): index is readonly unknown[] {
  return Array.isArray(index) && !(index.length === 1 && Array.isArray(index[0]));
}

function indexItems(index: unknown, call: string): readonly unknown[] {
  if (!Array.isArray(index)) return [index];
  // Before they are copied: a list may have billions of holes.
  if (index.length > MAX_LIST) throw new ValueError(`${call}(): ${index.length} indices are too many.`);
  return [...index];
}

function read(array: Wrapper, items: readonly unknown[], tuple: boolean, call: string): Wrapper {
  try {
    const position = putIndex(items);
    const out = newArray();
    ints[0] = liveHandle(array);
    ints[2] = position;
    ints[3] = tuple ? 1 : 0;
    indexGet(out);
    return adopt(out);
  } catch (error) {
    throw named(error, call);
  }
}

/** `a.set(index, value)`: an array of items is Python's tuple, so a list of positions is `[[0, 1]]`. */
export function setItem(array: Wrapper, index: unknown, value: unknown, signature: Signature): void {
  const converted = operand(value, signature, 'value');
  const tuple = isTuple(index);
  try {
    const position = putIndex(indexItems(index, signature.name));
    ints[0] = liveHandle(array);
    ints[2] = position;
    ints[3] = tuple ? 1 : 0;
    putOperand(2, converted);
    indexSet();
  } catch (error) {
    throw named(error, signature.name);
  }
}

/** What `a.at(…)` returns: operations on the elements at an index, each of which makes a new array. */
export class ArrayAt {
  readonly #array: Wrapper;
  readonly #items: readonly unknown[];

  constructor(array: Wrapper, items: readonly unknown[]) {
    if (!isArray(array)) throw new TypeError('ArrayAt(): a.at(…) makes these.');
    this.#array = array;
    this.#items = items;
  }

  /** The same at another index: `a.at().__getitem__(index)` is Python's `a.at[index]`. */
  __getitem__(index: unknown): ArrayAt {
    return new ArrayAt(this.#array, indexItems(index, '__getitem__'));
  }

  /** Adds a value; an element that the index names twice gets it twice, unlike with `a.set`. */
  add(value: IndexValue | ValueOption): Wrapper {
    return this.#update('add', value);
  }
  /** Subtracts a value. */
  subtract(value: IndexValue | ValueOption): Wrapper {
    return this.#update('subtract', value);
  }
  /** Multiplies by a value. */
  multiply(value: IndexValue | ValueOption): Wrapper {
    return this.#update('multiply', value);
  }
  /** Divides by a value. */
  divide(value: IndexValue | ValueOption): Wrapper {
    return this.#update('divide', value);
  }
  /** Takes the larger of element and value. */
  maximum(value: IndexValue | ValueOption): Wrapper {
    return this.#update('maximum', value);
  }
  /** Takes the smaller of element and value. */
  minimum(value: IndexValue | ValueOption): Wrapper {
    return this.#update('minimum', value);
  }

  #update(name: UpdateName, value: unknown): Wrapper {
    const signature = UPDATE_SIGNATURES[name];
    const converted = operand(namedValue(value, signature), signature, 'value');
    if (this.#items.length === 0)
      throw new ValueError(`Give at() an index before ${name}(), as in a.at(0).${name}(4).`);
    try {
      const position = putIndex(this.#items);
      const out = newArray();
      ints[0] = liveHandle(this.#array);
      ints[2] = position;
      ints[3] = this.#items.length === 1 ? 0 : 1;
      putOperand(2, converted);
      ints[6] = UPDATE[name];
      indexUpdate(out);
      return adopt(out);
    } catch (error) {
      throw named(error, name);
    }
  }
}

/** A value that may have been given in an options object. */
function namedValue(value: unknown, signature: Signature): unknown {
  if (!isOptions(value) || '__mlx_array__' in value) return value;
  checkKeywords(signature, value, 0);
  return value.value;
}

/** `a.at(...items)`. */
export function at(array: Wrapper, items: readonly unknown[]): ArrayAt {
  return new ArrayAt(array, items);
}

/** Writes an index to the list area, returns its position. Lists become arrays first: that runs user code. */
function putIndex(given: readonly unknown[]): number {
  const items = given.some(Array.isArray)
    ? given.map((item) => (Array.isArray(item) ? fromHost(item) : item))
    : given;
  const position = reserveList(items.length * ITEM_INTS);
  let at = position + 1;
  for (let i = 0; i < items.length; i++) {
    putItem(at, items[i]);
    at += ITEM_INTS;
  }
  return position;
}

function putItem(at: number, item: unknown): void {
  if (typeof item === 'number' || typeof item === 'bigint') {
    list[at] = ITEM.integer;
    list[at + 1] = indexInt(item, 'An index');
  } else if (typeof item === 'string') {
    if (item === '...') list[at] = ITEM.ellipsis;
    else putSlice(at, parseSlice(item) ?? unusable(item));
  } else if (item === null) {
    list[at] = ITEM.newAxis;
  } else if (typeof item === 'boolean') {
    list[at] = ITEM.boolean;
    list[at + 1] = item ? 1 : 0;
  } else if (isArray(item)) {
    list[at] = ITEM.array;
    list[at + 1] = ownHandle(item) || liveHandle(item);
  } else if (isSlice(item)) {
    putSlice(at, item);
  } else {
    unusable(item);
  }
}

function putSlice(at: number, { start, stop, step }: Slice): void {
  list[at] =
    ITEM.slice |
    (start === null ? 0 : HAS_START) |
    (stop === null ? 0 : HAS_STOP) |
    (step === null ? 0 : HAS_STEP);
  list[at + 1] = start ?? 0;
  list[at + 2] = stop ?? 0;
  list[at + 3] = step ?? 0;
}

function unusable(item: unknown): never {
  const got = typeof item === 'string' ? `the text '${item}'` : describe(item);
  throw new ValueError(
    `An array cannot be indexed with ${got}. ` +
      `Use ints, slices ('1:3', '::-1' or mx.slice_), null, '...', arrays or lists.`,
  );
}
