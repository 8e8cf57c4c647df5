// CRC-32, the checksum of zip files: Node's own from 20.15 on, a table before.
import { builtin } from '../builtin';

type Checksum = (bytes: Uint8Array, before?: number) => number;

function byTable(): Checksum {
  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
  return (bytes, before = 0) => {
    let c = ~before;
    for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
    return ~c >>> 0;
  };
}

let checksum: Checksum | undefined;

/** Checksum of bytes; `before` is that of the bytes that precede them. */
export const crc32: Checksum = (bytes, before) => {
  checksum ??= builtin('node:zlib').crc32 ?? byTable();
  return checksum(bytes, before);
};
