// Start: what a program that only computes does not pay for.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const PROGRAM = `
  const before = new Set(process.moduleLoadList);
  const { core: mx } = require('mlx');
  mx.array([1, 2]).add(1).sum().item();
  const loaded = process.moduleLoadList.filter((name) => !before.has(name));
  process.stdout.write(loaded.join()); // loads streams itself
`;

describe('start', () => {
  it('loads none of Node’s larger modules', () => {
    const loaded = execFileSync(process.execPath, ['-e', PROGRAM], { encoding: 'utf8' }).split(',');
    const names = loaded.map((name) => name.replace('NativeModule ', ''));
    for (const name of ['stream', 'v8', 'vm', 'worker_threads', 'zlib']) assert(!names.includes(name), name);
  });

  it('makes the objects of the namespace plain and fast', () => {
    const program =
      "const { core } = require('mlx'); process.stdout.write(String(%HasFastProperties(core)));";
    const found = execFileSync(process.execPath, ['--allow-natives-syntax', '-e', program], {
      encoding: 'utf8',
    });
    assert.equal(found, 'true');
  });
});
