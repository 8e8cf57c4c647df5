// How the launcher labels output: that of a process of its own, and what mpirun collects from its ranks.
import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { forwardLines, forwardTagged } from '../../js/launch/lines';

/** What is written where the given pieces arrive one by one. */
async function forwarded(pieces: string[], forward: (from: Readable, to: Writable) => void): Promise<string> {
  const written: Buffer[] = [];
  const to = new Writable({
    write(chunk, _, done) {
      written.push(chunk);
      done();
    },
  });
  const from = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  forward(from, to);
  await finished(from);
  return Buffer.concat(written).toString();
}

const labelled = (...pieces: string[]) => forwarded(pieces, (from, to) => forwardLines(from, to, '7'));
const OLD = /\[\d+,(\d+)\]<\w+>:/g;
const NEW = /\[\d+,(\d+)\]<\w+>: /g;
const tagged = (tag: RegExp, ...pieces: string[]) =>
  forwarded(pieces, (from, to) => forwardTagged(from, to, tag));

describe('the lines of a launch', () => {
  it('have a label each', async () => {
    assert.equal(await labelled('one\ntwo\n'), '[7] one\n[7] two\n');
    assert.equal(await labelled('a', 'b', 'c\n\nd'), '[7] abc\n[7] \n[7] d\n');
    assert.equal(await labelled(), '');
  });

  it('keep their bytes, also those of other encodings', async () => {
    assert.equal(await labelled('😀\r\n\u2028\n'), '[7] 😀\r\n[7] \u2028\n');
  });

  it('come from mpirun in pieces that tell their rank', async () => {
    const pieces = ['[1,0]<stdout>:aaa[1,1]<stdout>:b', 'b\n[1,1]<stdout>: c[1,0]<stdout>:A\n'];
    assert.equal(await tagged(OLD, ...pieces), '[1] bb\n[0] aaaA\n[1]  c\n');
  });

  it('come from a newer mpirun with a space', async () => {
    const pieces = ['[1,0]<stdout>: one\n[1,1]<stderr>:  two\n[1,0]<stdout>: end'];
    assert.equal(await tagged(NEW, ...pieces), '[0] one\n[1]  two\n[0] end\n');
  });

  it('come right wherever the output is cut', async () => {
    const text = '[1,0]<stdout>:one [2,] two\n[1,10]<stderr>:x\n---\nabout [1,1]\n[1,0]<stdout>:last';
    const expected = '[0] one [2,] two\n[10] x\n---\nabout [1,1]\n[0] last\n';
    for (let cut = 0; cut <= text.length; cut++) {
      assert.equal(await tagged(OLD, text.slice(0, cut), text.slice(cut)), expected, `cut at ${cut}`);
    }
    assert.equal(await tagged(OLD, ...text), expected);
  });

  it('without a tag are those of mpirun itself', async () => {
    const pieces = ['[1,0]<stderr>:oops\n-----\nmpirun', ' noticed\n'];
    assert.equal(await tagged(OLD, ...pieces), '[0] oops\n-----\nmpirun noticed\n');
  });
});
