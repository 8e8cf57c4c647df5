// Output of several processes on one stream: whole lines, each behind the label of the process it comes from.
import type { Readable, Writable } from 'node:stream';

const NEWLINE = 10;

/** Passes lines on as they are completed, bytes unchanged. A last line without an end gets one. */
export function forwardLines(from: Readable, to: Writable, label: string | undefined): void {
  if (label === undefined) {
    from.on('data', (chunk: Buffer) => to.write(chunk));
    return;
  }
  const prefix = Buffer.from(`[${label}] `);
  let pending: Buffer[] = [];
  const complete = (end: Buffer): Buffer[] => {
    const line = [prefix, ...pending, end];
    pending = [];
    return line;
  };
  from.on('data', (chunk: Buffer) => {
    const out: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      out.push(...complete(chunk.subarray(start, end + 1)));
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    if (out.length > 0) to.write(Buffer.concat(out));
  });
  from.on('end', () => {
    if (pending.length > 0) to.write(Buffer.concat(complete(Buffer.from('\n'))));
  });
}
