// Sink: where bytes are written that do not go to a path through MLX itself: a descriptor, a stream, an
// object.
import { closeSync, openSync, writeSync } from 'node:fs';
import { builtin } from '../builtin';
import { RuntimeError, TypeError } from '../errors';

export type Write = (bytes: Uint8Array) => void;

/** A target that takes bytes in the call itself: the counterpart of Python's file objects. */
export interface WriteTarget {
  write(bytes: Uint8Array): unknown;
}

/** Writes all bytes to a file descriptor at its position. */
function toDescriptor(descriptor: number): Write {
  return (bytes) => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, Math.min(bytes.length - done, 2 ** 30));
    }
  };
}

/** Writes to an object's `write`. A result that is a smaller number than was given means a short write. */
function toObject(target: WriteTarget, call: string): Write {
  return (bytes) => {
    const written = target.write(bytes);
    if (typeof (written as any)?.then === 'function') {
      (written as Promise<unknown>).then(undefined, () => {});
      throw new TypeError(`${call}(): the object's write() must not be asynchronous.`);
    }
    if (typeof written === 'number' && written < bytes.length) {
      throw new RuntimeError(`${call}(): only ${written} of ${bytes.length} bytes were written.`);
    }
  };
}

/** A number that names an open file, or an object that has one (`FileHandle`). */
export function descriptorOf(target: unknown): number | undefined {
  const value = typeof target === 'object' && target !== null ? (target as any).fd : target;
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The way to write to a target that is no path; undefined where the target is nothing to write to. */
export function writeTo(target: unknown, call: string): Write | undefined {
  // A stream buffers what it gets; writing past it to its descriptor would change the order.
  if (target instanceof builtin('node:stream').Writable) return toObject(target, call);
  const descriptor = descriptorOf(target);
  if (descriptor !== undefined) return toDescriptor(descriptor);
  // A Buffer has a method of that name, which writes text into it.
  if (ArrayBuffer.isView(target)) return undefined;
  if (typeof (target as any)?.write === 'function') return toObject(target as WriteTarget, call);
  return undefined;
}

/** Opens a file, has it written, and closes it. */
export function writeFile(path: string, fill: (write: Write) => void): void {
  const descriptor = openSync(path, 'w');
  try {
    fill(toDescriptor(descriptor));
  } finally {
    closeSync(descriptor);
  }
}
