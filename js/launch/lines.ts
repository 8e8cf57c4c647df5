// Output of several processes on one stream: whole lines, each behind the label of the process it comes from.
//
// Bytes pass unchanged: they are read and written as Latin-1, in which every byte is a character.
import type { Readable, Writable } from 'node:stream';

/** The lines of one process. */
class Labelled {
  readonly #to: Writable;
  readonly #label: string;
  #pending = '';

  constructor(to: Writable, label: string) {
    this.#to = to;
    this.#label = label;
  }

  /** Takes output; writes the lines that it completes. */
  add(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop()!;
    if (lines.length === 0) {
      this.#pending += last;
      return;
    }
    lines[0] = this.#pending + lines[0];
    this.#pending = last;
    this.#to.write(lines.map((line) => `[${this.#label}] ${line}\n`).join(''), 'latin1');
  }

  /** Completes a last line that has no end. */
  end(): void {
    if (this.#pending !== '') this.add('\n');
  }
}

/** Passes on the output of a process. */
export function forwardLines(from: Readable, to: Writable, label: string): void {
  const lines = new Labelled(to, label);
  from.setEncoding('latin1');
  from.on('data', (text: string) => lines.add(text));
  from.on('end', () => lines.end());
}

/**
 * Passes on what mpirun collects from its ranks: in pieces, where each piece and each line starts with a tag that
 * names its rank. A line without a tag is mpirun's own.
 */
export function forwardTagged(from: Readable, to: Writable, tag: RegExp): void {
  const ranks = new Map<string, Labelled>();
  let current: Labelled | undefined;
  const add = (text: string): void => {
    const end = current === undefined ? 0 : text.indexOf('\n') + 1 || text.length;
    current?.add(text.slice(0, end));
    if (end < text.length) to.write(text.slice(end), 'latin1');
    if (text.includes('\n')) current = undefined;
  };
  let held = '';
  from.setEncoding('latin1');
  from.on('data', (chunk: string) => {
    const text = held + chunk;
    let position = 0;
    for (const match of text.matchAll(tag)) {
      add(text.slice(position, match.index));
      const rank = match[1]!;
      if (!ranks.has(rank)) ranks.set(rank, new Labelled(to, rank));
      current = ranks.get(rank);
      position = match.index + match[0].length;
    }
    held = UNFINISHED_TAG.exec(text.slice(position))?.[0] ?? '';
    add(text.slice(position, text.length - held.length));
  });
  from.on('end', () => {
    add(held);
    for (const lines of ranks.values()) lines.end();
  });
}

/** What may be the first part of a tag. */
const UNFINISHED_TAG = /\[[\d,]*(\][<a-z]*>?:?)?$/;
