// The header of an .npy file, checked before MLX reads it.
//
// MLX takes the header's fields from fixed places and trusts them: `(2,3)` without a space is read as shape
// (2,), a byte-swapped complex array comes out with its parts exchanged, and a shape larger than the file
// ends in an endless evaluation. So only what it reads rightly passes: the layout that NumPy and MLX write.
import { RuntimeError, ValueError } from '../errors';
import { corrupt, elementCount, type Source } from './source';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');

const HEADER = new RegExp(
  String.raw`^\{'descr': (?<descr>'[^']*'|\[.*\]), 'fortran_order': (?:True|False), ` +
    String.raw`'shape': \((?<shape>|\d+(?:, \d+)*,? ?)\),? ?\} *\n?$`,
  's',
);

const DTYPES = new Set([
  '|b1',
  '|i1',
  '|u1',
  '<i2',
  '<u2',
  '<f2',
  '<i4',
  '<u4',
  '<f4',
  '<i8',
  '<u8',
  '<f8',
  '<c8',
  '|V2',
  '<V2',
  '>i2',
  '>u2',
  '>f2',
  '>i4',
  '>u4',
  '>f4',
  '>i8',
  '>u8',
  '>f8',
]);

/** Throws where MLX could not read the source, or would read something else than it holds. */
export function checkNpy(source: Source): void {
  const start = source.read(0, 8);
  if (!start.subarray(0, 6).equals(MAGIC))
    throw new RuntimeError(`load(): ${source.label} is not an .npy file.`);
  const version = start[6]!;
  if (version !== 1 && version !== 2) {
    throw new RuntimeError(`load(): ${source.label} has the unsupported .npy format version ${version}.`);
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const length = source.read(8, lengthBytes).readUIntLE(0, lengthBytes);
  const dataStart = 8 + lengthBytes + length;
  const header = source.read(8 + lengthBytes, length).toString('latin1');

  const fields = HEADER.exec(header)?.groups;
  if (!fields) throw corrupt(source, `its header is ${JSON.stringify(header.slice(0, 200))}.`);
  const descr = fields.descr!.replaceAll("'", '');
  if (!DTYPES.has(descr))
    throw new ValueError(`load(): ${source.label} has the unsupported dtype ${fields.descr}.`);

  const shape = fields
    .shape!.split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const bytes = elementCount(source, shape, 'the array') * Number(descr[2]);
  if (dataStart + bytes > source.size) {
    throw corrupt(source, `it should hold ${bytes} bytes of data but has ${source.size - dataStart}.`);
  }
}
