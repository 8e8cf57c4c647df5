// What a failed evaluation leaves behind: nothing. Later evaluations neither wait for its tasks nor get its errors.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** Runs a program in a process of its own, which is ended after 20 s: an evaluation that hangs blocks its thread. */
function run(program: string): void {
  const source = `
    import { core as mx } from 'mlx';
    const failing = (count, stream = mx.cpu) =>
      Array.from({ length: count }, () => mx.linalg.eig(mx.full([2, 2], NaN), { stream })[0]);
    function fails(arrays) {
      try {
        mx.eval(arrays);
      } catch (error) {
        if (/illegal value|infs or NaNs/.test(error.message)) return;
        throw error;
      }
      throw new Error('nothing was thrown');
    }
    ${program}`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', source], { timeout: 20_000 });
  assert.deepEqual([child.status, child.signal], [0, null], String(child.stderr));
}

describe('after failed evaluations', () => {
  it('others end, however many failed', () => {
    run(`
      for (let i = 0; i < 10_000; i++) fails(failing(1 + (i % 30)));
      for (let i = 0; i < 50; i++) mx.eval(mx.ones([2]), mx.ones([3]).add(1));`);
  });

  it('others do not get an error of theirs', () => {
    run(`
      for (let i = 0; i < 1000; i++) {
        fails(failing(1 + (i % 40)));
        if (mx.ones([3]).sum().item() !== 3) throw new Error('wrong sum');
      }`);
  });

  it('others on their streams do not get an error of theirs', () => {
    run(`
      const streams = Array.from({ length: 8 }, () => mx.new_stream(mx.cpu));
      for (let i = 0; i < 300; i++) {
        fails(streams.flatMap((stream) => failing(1 + (i % 5), stream)));
        if (mx.ones([3]).sum({ stream: streams[i % 8] }).item() !== 3) throw new Error('wrong sum');
      }`);
  });

  it('others do not get an error of one that runs at the same time', () => {
    run(`
      for (let i = 0; i < 300; i++) {
        const failed = mx.async_eval(failing(1 + (i % 40))).then(() => false, () => true);
        if (mx.ones([3]).sum().item() !== 3) throw new Error('wrong sum');
        if (!(await failed)) throw new Error('nothing was thrown');
      }`);
  });
});
