/**
 * NCCL over two GPUs, in Node and in Python. Run with `node --test tests/gpu/nccl.test.mjs`; it needs two GPUs, and
 * Python's MLX with CUDA as `python3`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

const launcher = 'node_modules/mlx/bin/node-mlx.mjs';

/** What a process printed; rejects where it fails or takes more than two minutes. */
function output(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: 120_000 };
    const child = spawn(command, args, options);
    const text = { stdout: '', stderr: '' };
    for (const name of Object.keys(text)) child[name].on('data', (data) => (text[name] += data));
    child.on('close', (code) =>
      code === 0 ? resolve(text.stdout) : reject(new Error(`${code}: ${text.stderr}`)),
    );
  });
}

const parse = (text) =>
  text
    .split('\n')
    .filter((line) => line.includes('{'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))))
    .sort((a, b) => a.rank - b.rank);

test('collectives over NCCL are what Python computes', async () => {
  const node = parse(
    await output(process.execPath, [
      launcher,
      'launch',
      '-n',
      '2',
      '--backend',
      'nccl',
      'tests/gpu/nccl_rank.mjs',
    ]),
  );
  const shared = { MLX_WORLD_SIZE: '2', NCCL_HOST_IP: '127.0.0.1', NCCL_PORT: '29517' };
  const ranks = ['0', '1'].map((rank) =>
    output('python3', ['tests/gpu/nccl_rank.py'], { ...shared, MLX_RANK: rank, CUDA_VISIBLE_DEVICES: rank }),
  );
  const python = parse((await Promise.all(ranks)).join(''));
  assert.deepEqual(
    python.map(({ rank, size }) => [rank, size]),
    [
      [0, 2],
      [1, 2],
    ],
  );
  assert.ok(python.every(({ long }) => long === true));
  assert.deepEqual(node, python);
});
