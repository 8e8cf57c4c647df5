// The header of a .safetensors file, checked before MLX reads it.
//
// MLX checks sizes with arithmetic that wraps: dimensions beyond 32 bits, fractions, negative pairs and
// offsets near 2**64 pass and give wrong data or crash. Here every number is checked for what it is.
import { RuntimeError } from '../errors';
import { corrupt, elementCount, type Source, utf8 } from './source';

/** Limit of the format. */
const MAX_HEADER = 100_000_000;

/** Bytes per element, by the format's names. */
const SIZES: Record<string, number> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  C64: 8,
};

/** Throws where MLX could not read the source, or would read something else than it holds. */
export function checkSafetensors(source: Source): void {
  const length = Number(source.read(0, 8).readBigUInt64LE());
  if (length === 0 || length >= MAX_HEADER) {
    throw new RuntimeError(
      `load(): ${source.label} is not a .safetensors file: its header is ${length} bytes long.`,
    );
  }
  const header = parse(source, source.read(8, length));
  const dataSize = source.size - 8 - length;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') checkMetadata(source, entry);
    else checkTensor(source, name, entry, dataSize);
  }
}

function parse(source: Source, bytes: Uint8Array): object {
  let header: unknown;
  const text = utf8(source, bytes);
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw corrupt(source, `its header is not JSON (${(error as Error).message.slice(0, 200)}).`);
  }
  if (!isRecord(header)) throw corrupt(source, 'its header is not a JSON object.');
  return header;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Metadata is null where there is none: so MLX writes it. */
function checkMetadata(source: Source, entry: unknown): void {
  if (entry === null || (isRecord(entry) && Object.values(entry).every((value) => typeof value === 'string')))
    return;
  throw corrupt(source, 'its metadata are not strings.');
}

function checkTensor(source: Source, name: string, entry: unknown, dataSize: number): void {
  const what = `tensor '${name}'`;
  if (!isRecord(entry)) throw corrupt(source, `${what} is not described by an object.`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Array.isArray(shape))
    throw corrupt(source, `${what} has no dtype or shape.`);
  const itemSize = Object.hasOwn(SIZES, dtype) ? SIZES[dtype]! : undefined;
  if (itemSize === undefined) {
    throw new RuntimeError(
      `load(): ${what} of ${source.label} has the unsupported dtype ${JSON.stringify(dtype)}.`,
    );
  }
  const bytes = elementCount(source, shape, what) * itemSize;
  const [begin, end] = Array.isArray(offsets) && offsets.length === 2 ? offsets : [];
  if (
    !Number.isInteger(begin) ||
    !Number.isInteger(end) ||
    begin < 0 ||
    end - begin !== bytes ||
    end > dataSize
  ) {
    throw corrupt(
      source,
      `${what} needs ${bytes} bytes, at ${JSON.stringify(offsets)} of the ${dataSize} bytes of data.`,
    );
  }
}
