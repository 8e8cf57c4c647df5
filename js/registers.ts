// Registers: how arguments reach native code without the cost of Node-API arguments, and results come back.
//
// One ArrayBuffer per environment, shared with native code. Parameter k of a call owns two int32 (ints[2k] a tag
// or value, ints[2k + 1] a detail) and two doubles (doubles[2k], doubles[2k + 1]). Lists are written to the list
// area as a count and its items; the register holds the list's position.
//
// Order matters: converting an argument may run user code (a getter, __mlx_array__), which may call other
// operations. So every argument is converted to a local first, and the registers are stored last, right before
// the native call. Lists are written early, into a ring that nested calls append to. A nested call that may do a
// lot (__mlx_array__) gets registers of its own; a getter of a list is only watched: see `ringTurns`, `bulkUses`.
//
// native/registers.h is the other half of this file.
import { ValueError } from './errors';
import { native } from './native';

const REGISTERS = 32;
const INT_BYTES = REGISTERS * 2 * 4;
const DOUBLE_BYTES = REGISTERS * 2 * 8;
const BULK_OFFSET = INT_BYTES + DOUBLE_BYTES;
/** Size of the bulk area: numbers of small lists on their way in, elements of small arrays on their way out. */
export const BULK_BYTES = 32768;
const LIST_OFFSET = BULK_OFFSET + BULK_BYTES;
const RESULT_AREA = 16384;
/** Results that fit the list area at once. */
export const RESULT_PAGE = RESULT_AREA - 1;
const RING_SIZE = 49152;

/** Position of a list that was not given. */
export const NO_LIST = -1;

/** Tags of a value that may be a scalar or an array; equal to `Tag` in native/registers.h. */
export const TAG = {
  none: 0,
  boolean: 1,
  integer: 2,
  wideInteger: 3,
  real: 4,
  complex: 5,
  array: 6,
  hostArray: 7,
} as const;

export let ints: Int32Array;
export let doubles: Float64Array;
/** The doubles as 64-bit integers. */
export let wides: BigInt64Array;
/** The doubles as halves of 64-bit integers, the lower one first. */
export let halves: Int32Array;
/** The bulk area as doubles. */
export let bulk: Float64Array;
/** The list area: results first, then the ring of list arguments. */
export let list: Int32Array;

/** Counts how often the ring began anew: lists written before may be gone. */
export let ringTurns = 0;
/** Counts who used the bulk area: what was written before may be gone. */
let bulkUses = 0;

let cursor = RESULT_AREA;
let bulkViews: NodeJS.TypedArray[] = [];

/** Longest list of an argument: nothing that MLX computes has more, and memory for it is reserved at once. */
export const MAX_LIST = 2 ** 24;

function attach(buffer: ArrayBuffer): void {
  ints = new Int32Array(buffer, 0, REGISTERS * 2);
  doubles = new Float64Array(buffer, INT_BYTES, REGISTERS * 2);
  wides = new BigInt64Array(buffer, INT_BYTES, REGISTERS * 2);
  halves = new Int32Array(buffer, INT_BYTES, REGISTERS * 4);
  bulk = new Float64Array(buffer, BULK_OFFSET, BULK_BYTES / 8);
  bulkViews = [];
  list = new Int32Array(buffer, LIST_OFFSET);
  native.attach_registers(buffer);
}

const makeBuffer = (ringSize: number) => new ArrayBuffer(LIST_OFFSET + (RESULT_AREA + ringSize) * 4);

/** A larger ring, which keeps what lists hold. */
function grow(ringSize: number): void {
  const before = list;
  attach(makeBuffer(ringSize));
  list.set(before);
}

attach(makeBuffer(RING_SIZE));

/** Reserves a list of `count` items and returns its position; its items start one further. */
export function reserveList(count: number): number {
  if (cursor + count + 1 > list.length) makeRoom(count);
  const position = cursor;
  list[position] = count;
  cursor = position + count + 1;
  return position;
}

function makeRoom(count: number): void {
  if (count > MAX_LIST) throw new ValueError(`A list of ${count} items is too long.`);
  // All lists of one call must be in the ring together.
  if (8 * (count + 1) > list.length - RESULT_AREA) {
    grow(8 * (count + 1) + cursor);
  } else {
    cursor = RESULT_AREA;
    ringTurns++;
  }
}

type View = new (buffer: ArrayBufferLike, offset: number, length: number) => NodeJS.TypedArray;

/** The bulk area as a typed array of another kind; `key` tells the kinds apart. */
export function bulkView(key: number, Kind: View & { BYTES_PER_ELEMENT: number }): NodeJS.TypedArray {
  bulkViews[key] ??= new Kind(bulk.buffer, bulk.byteOffset, BULK_BYTES / Kind.BYTES_PER_ELEMENT);
  return bulkViews[key];
}

/** Claims the bulk area; a later `ownsBulk` tells whether somebody else has claimed it since. */
export function claimBulk(): number {
  return ++bulkUses;
}

export function ownsBulk(claim: number): boolean {
  return claim === bulkUses;
}

const spare: ArrayBuffer[] = [];

/** Runs user code in the middle of a call, on registers of its own. */
export function withOwnRegisters<T>(body: () => T): T {
  const outer = { buffer: ints.buffer as ArrayBuffer, cursor };
  attach(spare.pop() ?? makeBuffer(RING_SIZE));
  cursor = RESULT_AREA;
  try {
    return body();
  } finally {
    spare.push(ints.buffer as ArrayBuffer);
    attach(outer.buffer);
    cursor = outer.cursor;
  }
}

/** The list that a call returned. */
export function takeList(): number[] {
  const count = list[0]!;
  const out = new Array<number>(count);
  for (let i = 0; i < count; i++) out[i] = list[i + 1]!;
  return out;
}
