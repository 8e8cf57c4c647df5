// Zip archives, as far as .npz files need them: stored and deflated members, zip64, checksums.
//
// Written by hand on node:zlib, because members can be larger than 4 GiB and their checksum has to be
// verified: npm's small packages do one or the other not. Reading takes a member at a time, so that an
// archive needs no memory but its largest member's; writing gets a member in pieces, as native code hands
// them out.
import { builtin } from '../builtin';
import { crc32 } from './crc32';
import { corrupt, type Source } from './source';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;

const STORED = 0;
const DEFLATED = 8;

const ENCRYPTED = 1;
const UTF8_NAME = 1 << 11;

const ZIP64_EXTRA = 1;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;

/** Deflate cannot shrink data more than this: a member that claims more is damaged. */
const MAX_RATIO = 1032;

export interface Member {
  name: string;
  method: number;
  flags: number;
  checksum: number;
  packedSize: number;
  size: number;
  /** Position of the local header. */
  position: number;
}

/** Position of the end record, which a comment may follow; -1 where the source is no zip archive. */
export function findEnd(source: Source): number {
  const length = Math.min(source.size, 22 + MAX_16);
  const tail = source.read(source.size - length, length);
  for (let at = length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END && tail.readUInt16LE(at + 20) === length - 22 - at) {
      return source.size - length + at;
    }
  }
  return -1;
}

/** The archive's members, from its central directory. `end` is what `findEnd` found. */
export function readDirectory(source: Source, end: number): Member[] {
  const { count, size, offset, directoryEnd } = readEnd(source, end);
  const start = directoryEnd - size;
  // Bytes before the archive (of a self-extracting one) shift every position.
  const shift = start - offset;
  if (start < 0 || shift < 0) throw corrupt(source, 'its directory lies outside of it.');
  const directory = source.read(start, size);
  const members: Member[] = [];
  for (let at = 0; members.length < count; ) {
    if (at + 46 > size || directory.readUInt32LE(at) !== CENTRAL_HEADER) {
      throw corrupt(source, `its directory should have ${count} members but has ${members.length}.`);
    }
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > size) throw corrupt(source, 'its directory is cut off.');
    const flags = directory.readUInt16LE(at + 8);
    const member: Member = {
      name: decodeName(directory.subarray(at + 46, nameEnd), flags),
      flags,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      position: directory.readUInt32LE(at + 42),
    };
    readZip64(source, member, directory.subarray(nameEnd, extraEnd));
    member.position += shift;
    members.push(member);
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return members;
}

function readEnd(source: Source, end: number) {
  const record = source.read(end, 22);
  const short = {
    count: record.readUInt16LE(10),
    size: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
    directoryEnd: end,
  };
  if (end < 20) return short;
  const locator = source.read(end - 20, 20);
  if (locator.readUInt32LE(0) !== END64_LOCATOR) return short;
  const position = end - 20 - 56;
  if (position < 0) throw corrupt(source, 'its zip64 end record is missing.');
  const wide = source.read(position, 56);
  if (wide.readUInt32LE(0) !== END64) throw corrupt(source, 'its zip64 end record is missing.');
  return {
    count: Number(wide.readBigUInt64LE(32)),
    size: Number(wide.readBigUInt64LE(40)),
    offset: Number(wide.readBigUInt64LE(48)),
    directoryEnd: position,
  };
}

/** Zip64 keeps the fields that do not fit, in this order, in an extra field. */
function readZip64(source: Source, member: Member, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) throw corrupt(source, `member '${member.name}' has a bad extra field.`);
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) {
      let field = at + 4;
      for (const key of ['size', 'packedSize', 'position'] as const) {
        if (member[key] !== MAX_32) continue;
        if (field + 8 > end) throw corrupt(source, `member '${member.name}' has a bad zip64 field.`);
        member[key] = Number(extra.readBigUInt64LE(field));
        field += 8;
      }
    }
    at = end;
  }
}

function decodeName(bytes: Buffer, flags: number): string {
  return bytes.toString(flags & UTF8_NAME ? 'utf8' : 'latin1');
}

/** A member's data, verified. */
export function readMember(source: Source, member: Member): Buffer {
  const what = `member '${member.name}'`;
  if (member.flags & ENCRYPTED) throw corrupt(source, `${what} is encrypted.`);
  const local = source.read(member.position, 30);
  if (local.readUInt32LE(0) !== LOCAL_HEADER) throw corrupt(source, `${what} is not where it should be.`);
  const start = member.position + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = source.read(start, member.packedSize);
  const bytes = unpack(source, member, packed);
  if (bytes.length !== member.size || crc32(bytes) !== member.checksum) {
    throw corrupt(source, `${what} does not match its checksum.`);
  }
  return bytes;
}

function unpack(source: Source, member: Member, packed: Buffer): Buffer {
  if (member.method === STORED) return packed;
  const what = `member '${member.name}'`;
  if (member.method !== DEFLATED)
    throw corrupt(source, `${what} has the unknown compression ${member.method}.`);
  if (member.size > (packed.length + 1) * MAX_RATIO)
    throw corrupt(source, `${what} claims ${member.size} bytes.`);
  try {
    return builtin('node:zlib').inflateRawSync(packed, { maxOutputLength: Math.max(member.size, 1) });
  } catch (error) {
    throw corrupt(source, `${what} cannot be inflated (${(error as Error).message}).`);
  }
}

/** Writes an archive to a function that takes bytes. */
export class ZipWriter {
  readonly #directory: Buffer[] = [];
  #position = 0;

  constructor(
    readonly write: (bytes: Uint8Array) => void,
    readonly compressed: boolean,
  ) {}

  /** Adds a member, given in pieces. */
  add(name: string, pieces: readonly Uint8Array[]): void {
    const nameBytes = Buffer.from(name);
    if (nameBytes.length > MAX_16) throw new RangeError('A name in a zip archive has at most 65535 bytes.');
    const data = this.compressed ? deflate(pieces) : pieces;
    const size = byteCount(pieces);
    const packedSize = byteCount(data);
    const checksum = pieces.reduce((sum, piece) => crc32(piece, sum), 0);
    const entry = { nameBytes, size, packedSize, checksum, position: this.#position };
    this.#emit(this.#header(entry, false));
    for (const piece of data) this.#emit(piece);
    this.#directory.push(this.#header(entry, true));
  }

  /** Writes the directory. */
  end(): void {
    const offset = this.#position;
    for (const header of this.#directory) this.#emit(header);
    const size = this.#position - offset;
    const count = this.#directory.length;
    if (count >= MAX_16 || size >= MAX_32 || offset >= MAX_32)
      this.#emit(end64(count, size, offset, this.#position));
    const record = Buffer.alloc(22);
    record.writeUInt32LE(END, 0);
    record.writeUInt16LE(Math.min(count, MAX_16), 8);
    record.writeUInt16LE(Math.min(count, MAX_16), 10);
    record.writeUInt32LE(Math.min(size, MAX_32), 12);
    record.writeUInt32LE(Math.min(offset, MAX_32), 16);
    this.#emit(record);
  }

  #emit(bytes: Uint8Array): void {
    this.write(bytes);
    this.#position += bytes.length;
  }

  #header(
    entry: { nameBytes: Buffer; size: number; packedSize: number; checksum: number; position: number },
    central: boolean,
  ): Buffer {
    const { nameBytes, size, packedSize, checksum, position } = entry;
    const wide = size >= MAX_32 || packedSize >= MAX_32 || position >= MAX_32;
    const extra = wide ? zip64Extra([size, packedSize, ...(central ? [position] : [])]) : Buffer.alloc(0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(wide ? 45 : 20, 0);
    common.writeUInt16LE(nameBytes.every((byte) => byte < 0x80) ? 0 : UTF8_NAME, 2);
    common.writeUInt16LE(this.compressed ? DEFLATED : STORED, 4);
    common.writeUInt16LE(0x21, 8); // 1 January 1980: the same arrays give the same file
    common.writeUInt32LE(checksum, 10);
    common.writeUInt32LE(wide ? MAX_32 : packedSize, 14);
    common.writeUInt32LE(wide ? MAX_32 : size, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const magic = Buffer.alloc(central ? 6 : 4);
    magic.writeUInt32LE(central ? CENTRAL_HEADER : LOCAL_HEADER);
    const rest = Buffer.alloc(central ? 14 : 0);
    if (central) {
      magic.writeUInt16LE((3 << 8) | (wide ? 45 : 20), 4); // made on Unix
      rest.writeUInt32LE(0o600 * 2 ** 16, 6);
      rest.writeUInt32LE(wide ? MAX_32 : position, 10);
    }
    return Buffer.concat([magic, common, rest, nameBytes, extra]);
  }
}

function byteCount(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** Deflates piece by piece: blocks that end at a byte follow one another, the last one ends the data. */
function deflate(pieces: readonly Uint8Array[]): Buffer[] {
  const zlib = builtin('node:zlib');
  const { Z_SYNC_FLUSH } = zlib.constants;
  return [
    ...pieces.map((piece) => zlib.deflateRawSync(piece, { finishFlush: Z_SYNC_FLUSH })),
    zlib.deflateRawSync(Buffer.alloc(0)),
  ];
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(ZIP64_EXTRA, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  });
  return extra;
}

/** The end record of zip64 and the locator that points to it. */
function end64(count: number, size: number, offset: number, position: number): Buffer {
  const record = Buffer.alloc(76);
  record.writeUInt32LE(END64, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(END64_LOCATOR, 56);
  record.writeBigUInt64LE(BigInt(position), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
