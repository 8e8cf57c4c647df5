// A .gguf file's metadata and tensor table, checked before MLX reads them.
//
// The library behind MLX maps the file and follows its counts, lengths and offsets without looking: a
// damaged file ends the process (segmentation fault, division by zero, assert), a tensor of a newer type
// makes the rest of the file disappear. So the whole table is walked here first, reading lengths only.
import { RuntimeError, ValueError } from '../errors';
import { Cursor, corrupt, elementCount, type Source } from './source';

const MAX_DIMENSIONS = 8;
const MAX_INT = 2 ** 31 - 1;

const UINT32 = 4;
const STRING = 8;
const ARRAY = 9;
const FLOAT64 = 12;

/** Bytes of a metadata value, by its type's number; a string and an array carry their length. */
const VALUE_SIZES: Record<number, number> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  [UINT32]: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  [FLOAT64]: 8,
};

/**
 * Items and bytes of a block, by the tensor type's number. 4 and 5 are gone from the format. Type 10 (Q2_K)
 * has the 84 bytes that MLX reads, not the 82 that it checks.
 */
const BLOCKS: Record<number, readonly [items: number, bytes: number]> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 40],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 110],
  20: [256, 50],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
};

/** Types that MLX keeps quantized, which needs a last dimension. */
const KEPT_QUANTIZED = new Set([2, 3, 8]);

interface Tensor {
  name: string;
  bytes: number;
  offset: number;
}

/** Throws where MLX could not read the source, or would read something else than it holds. */
export function checkGguf(source: Source): void {
  if (source.size < 24 || source.read(0, 4).toString('latin1') !== 'GGUF') {
    throw new RuntimeError(`load(): ${source.label} is not a .gguf file.`);
  }
  const cursor = new Cursor(source, 4);
  const version = cursor.uint32();
  if (version !== 2 && version !== 3) {
    throw new RuntimeError(`load(): ${source.label} has the unsupported GGUF version ${version}.`);
  }
  const tensorCount = cursor.uint64();
  const metadataCount = cursor.uint64();
  let alignment = 32;
  for (let i = 0; i < metadataCount; i++) alignment = checkEntry(cursor) ?? alignment;

  const tensors: Tensor[] = [];
  for (let i = 0; i < tensorCount; i++) tensors.push(readTensor(cursor));
  if (alignment === 0) throw corrupt(source, 'its alignment is 0.');
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  for (const { name, bytes, offset } of tensors) {
    if (dataStart + offset + bytes > source.size) {
      throw corrupt(
        source,
        `tensor '${name}' needs ${bytes} bytes at ${dataStart + offset} of ${source.size}.`,
      );
    }
  }
}

/** Walks over one metadata entry. Returns the alignment where the entry sets it. */
function checkEntry(cursor: Cursor): number | undefined {
  const key = cursor.text();
  const type = cursor.uint32();
  if (key === 'general.alignment' && type === UINT32) return cursor.uint32();
  if (type === ARRAY) skipArray(cursor, key);
  else skipValue(cursor, key, type);
  return undefined;
}

function skipValue(cursor: Cursor, key: string, type: number): void {
  if (type === STRING) {
    cursor.skip(cursor.uint64());
  } else {
    cursor.skip(valueSize(cursor.source, key, type));
  }
}

function skipArray(cursor: Cursor, key: string): void {
  const type = cursor.uint32();
  const count = cursor.uint64();
  if (type === ARRAY)
    throw new ValueError(`load(): metadata '${key}' of ${cursor.source.label} is a nested list.`);
  // Each item takes a byte at least, so a count beyond the file's size is damage.
  if (count > MAX_INT || count > cursor.source.size)
    throw corrupt(cursor.source, `'${key}' has ${count} items.`);
  if (type !== STRING) {
    cursor.skip(count * valueSize(cursor.source, key, type));
  } else {
    for (let i = 0; i < count; i++) cursor.skip(cursor.uint64());
  }
}

function valueSize(source: Source, key: string, type: number): number {
  // MLX advances by the size of the float32 that it makes of it, and reads the rest of the file from there.
  if (type === FLOAT64) {
    throw new RuntimeError(
      `load(): metadata '${key}' of ${source.label} is of the unsupported type float64.`,
    );
  }
  const size = VALUE_SIZES[type];
  if (size === undefined) throw corrupt(source, `metadata '${key}' is of the unknown type ${type}.`);
  return size;
}

function readTensor(cursor: Cursor): Tensor {
  const { source } = cursor;
  const name = cursor.text();
  const ndim = cursor.uint32();
  if (ndim > MAX_DIMENSIONS) throw corrupt(source, `tensor '${name}' has ${ndim} dimensions.`);
  const shape = Array.from({ length: ndim }, () => cursor.uint64());
  const type = cursor.uint32();
  const offset = cursor.uint64();
  const block = BLOCKS[type];
  if (block === undefined) {
    throw new RuntimeError(`load(): tensor '${name}' of ${source.label} is of the unsupported type ${type}.`);
  }
  if (ndim === 0 && KEPT_QUANTIZED.has(type)) throw corrupt(source, `tensor '${name}' has no dimensions.`);
  const count = elementCount(source, shape, `tensor '${name}'`);
  return { name, offset, bytes: Math.ceil(count / block[0]) * block[1] };
}
