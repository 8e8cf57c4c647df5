// Source: the bytes of a file to be read, in memory or on disk, with a known size.
//
// Everything that is read of a file before MLX sees it goes through here, so a count or an offset in a
// damaged header can never lead outside the file: `read` returns exactly what was asked for or throws.
import { constants } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { MemoryError, RuntimeError } from '../errors';

export interface Source {
  /** What error messages call it. */
  readonly label: string;
  /** Number of bytes. */
  readonly size: number;
  /** The bytes from `offset` on. Throws where the source ends before. */
  read(offset: number, length: number): Buffer;
}

/** The error for a file that is damaged or not of its format. */
export function corrupt(source: Source, problem: string): Error {
  return new RuntimeError(`load(): ${source.label} is damaged or incomplete: ${problem}`);
}

function checkRange(source: Source, offset: number, length: number): void {
  if (length >= 0 && offset >= 0 && offset + length <= source.size) return;
  throw corrupt(source, `it ends after ${source.size} bytes, but ${length} bytes at ${offset} are needed.`);
}

/** Bytes in memory, not copied. */
export class MemorySource implements Source {
  readonly size: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly label = 'the buffer',
  ) {
    this.size = bytes.byteLength;
  }

  read(offset: number, length: number): Buffer {
    checkRange(this, offset, length);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + offset, length);
  }
}

/** A regular file. Throws Node's system error where it cannot be opened. */
export class FileSource implements Source {
  readonly label: string;
  readonly size: number;
  readonly #descriptor: number;

  constructor(path: string) {
    this.label = `'${path}'`;
    // Before opening: opening a named pipe waits for its writer.
    if (!statSync(path).isFile()) throw new RuntimeError(`load(): ${this.label} is not a regular file.`);
    this.#descriptor = openSync(path, 'r');
    this.size = fstatSync(this.#descriptor).size;
  }

  read(offset: number, length: number): Buffer {
    checkRange(this, offset, length);
    if (length > constants.MAX_LENGTH) {
      throw new MemoryError(
        `load(): a part of ${this.label} is larger than the buffers of this Node version.`,
      );
    }
    const bytes = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      // The system reads less than 2 GiB at once.
      const count = readSync(this.#descriptor, bytes, done, Math.min(length - done, 2 ** 30), offset + done);
      if (count === 0) throw corrupt(this, 'it was cut while it was read.');
      done += count;
    }
    return bytes;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const WINDOW = 65536;
const MAX_NAME = 2 ** 24;

/** Reads numbers and strings one after the other, little-endian, a window of the source at a time. */
export class Cursor {
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(
    readonly source: Source,
    public position = 0,
  ) {}

  /** The next bytes; valid until the next call. */
  take(length: number): Buffer {
    const from = this.position;
    if (from < this.#start || from + length > this.#start + this.#window.length) {
      const left = this.source.size - from;
      this.#window = this.source.read(from, Math.max(length, Math.min(WINDOW, left)));
      this.#start = from;
    }
    this.position = from + length;
    return this.#window.subarray(from - this.#start, from - this.#start + length);
  }

  skip(length: number): void {
    if (length > this.source.size - this.position) {
      throw corrupt(this.source, `it ends in the middle of a value at ${this.position}.`);
    }
    this.position += length;
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  /** A 64-bit number; beyond 2**53 it is rounded, which no offset or count in a real file is. */
  uint64(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  /** Text behind its length; throws where it is not UTF-8. */
  text(): string {
    const length = this.uint64();
    if (length > MAX_NAME) throw corrupt(this.source, `a name is ${length} bytes long.`);
    return utf8(this.source, this.take(length));
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes text, where a replacement character would hide damage. */
export function utf8(source: Source, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw corrupt(source, 'its text is not UTF-8.');
  }
}

const MAX_DIMENSION = 2 ** 31 - 1;
const MAX_DIMENSIONS = 1000;

/**
 * Number of elements of a shape in a header. Throws where MLX could not hold the shape: a dimension that is
 * no int of 31 bits, a product that overflows even where another dimension is 0, or more dimensions than
 * recursion over them would survive.
 */
export function elementCount(source: Source, shape: readonly unknown[], what: string): number {
  const bad = () => corrupt(source, `${what} has the shape [${shape.slice(0, 10).join(', ')}].`);
  if (shape.length > MAX_DIMENSIONS) throw corrupt(source, `${what} has ${shape.length} dimensions.`);
  let count = 1;
  let extent = 1;
  for (const dimension of shape as readonly number[]) {
    if (!Number.isInteger(dimension) || dimension < 0 || dimension > MAX_DIMENSION) throw bad();
    count *= dimension;
    extent *= Math.max(dimension, 1);
  }
  if (extent > Number.MAX_SAFE_INTEGER) throw bad();
  return count;
}
