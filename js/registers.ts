// Registers: how arguments reach native code without the cost of Node-API arguments, and results come back.
//
// One ArrayBuffer per environment, shared with native code. Parameter k of a call owns two int32 (ints[2k] a tag
// or value, ints[2k + 1] a detail) and two doubles (doubles[2k], doubles[2k + 1]). Lists are written to the list
// area as a count and its items; the register holds the list's position.
//
// Order matters: converting an argument may run user code (a getter, __mlx_array__), which may call other
// operations. So every argument is converted to a local first, lists go into a ring that nested calls only ever
// append to, and the registers are stored last, right before the native call.
//
// native/registers.h is the other half of this file.
import { native } from './native';

const REGISTERS = 32;
const INT_BYTES = REGISTERS * 2 * 4;
const DOUBLE_BYTES = REGISTERS * 2 * 8;
const BULK_OFFSET = INT_BYTES + DOUBLE_BYTES;
/** Size of the bulk area: numbers of small lists on their way in, elements of small arrays on their way out. */
export const BULK_BYTES = 32768;
const LIST_OFFSET = BULK_OFFSET + BULK_BYTES;
const RESULT_AREA = 16384;
const RING_SIZE = 49152;

/** Position of a list that was not given. */
export const NO_LIST = -1;

/** Tags of a value that may be a scalar or an array; equal to `Tag` in native/registers.h. */
export const TAG = { none: 0, boolean: 1, integer: 2, wideInteger: 3, real: 4, complex: 5, array: 6, hostArray: 7 } as const;

export let ints: Int32Array;
export let doubles: Float64Array;
/** The doubles as 64-bit integers. */
export let wides: BigInt64Array;
/** The bulk area's memory: a typed array over it starts at `bulk.byteOffset` of `bulk.buffer`. */
export let bulk: DataView;
/** The list area: results first, then the ring of list arguments. */
export let list: Int32Array;

let cursor = RESULT_AREA;
let end = 0;

function allocate(ringSize: number): void {
  const buffer = new ArrayBuffer(LIST_OFFSET + (RESULT_AREA + ringSize) * 4);
  ints = new Int32Array(buffer, 0, REGISTERS * 2);
  doubles = new Float64Array(buffer, INT_BYTES, REGISTERS * 2);
  wides = new BigInt64Array(buffer, INT_BYTES, REGISTERS * 2);
  bulk = new DataView(buffer, BULK_OFFSET, BULK_BYTES);
  list = new Int32Array(buffer, LIST_OFFSET);
  cursor = RESULT_AREA;
  end = RESULT_AREA + ringSize;
  native.attach_registers(buffer);
}

allocate(RING_SIZE);

/** Reserves a list of `count` items and returns its position; its items start one further. */
export function reserveList(count: number): number {
  if (cursor + count + 1 > end) {
    if (count + 1 > end - RESULT_AREA) allocate(2 * (count + 1));
    cursor = RESULT_AREA;
  }
  const position = cursor;
  list[position] = count;
  cursor = position + count + 1;
  return position;
}

/** The list that a call returned. */
export function takeList(): number[] {
  const count = list[0]!;
  const out = new Array<number>(count);
  for (let i = 0; i < count; i++) out[i] = list[i + 1]!;
  return out;
}
