// mx.distributed: in a process alone, and in rings of 2 and 4 processes on this machine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mlx, { core as mx } from 'mlx';
import { expectedOf } from './distributed/expected';
import { freePort, linesOf, nodeMlx, PROGRAMS, results } from './distributed/launched';

const { distributed } = mx;

describe('distributed, without a launch', () => {
  it('is a group of one', () => {
    const group = distributed.init();
    assert.ok(group instanceof distributed.Group);
    assert.deepEqual([group.rank(), group.size()], [0, 1]);
    assert.equal(distributed.Group.name, 'Group');
  });

  it('gives arrays back as they are', () => {
    const x = mx.array([1, 2]);
    const group = distributed.init();
    for (const call of ['all_sum', 'all_max', 'all_min', 'all_gather', 'sum_scatter'] as const) {
      assert.deepEqual(distributed[call](x).tolist(), [1, 2]);
      assert.deepEqual(distributed[call](x, { group, stream: mx.cpu }).tolist(), [1, 2]);
      assert.equal(String(distributed[call](3)), 'array(3, dtype=int32)');
    }
  });

  it('tells which backends there are', () => {
    assert.equal(distributed.is_available(), true);
    assert.equal(distributed.is_available('ring'), true);
    assert.equal(distributed.is_available({ backend: 'nccl' }), mx.cuda.is_available());
    assert.equal(distributed.is_available('unheard of'), false);
  });

  // Classes and words are Python MLX's where the error is its own.
  const group = distributed.init();
  const any: any = distributed;
  const wrong: [name: string, call: () => unknown, type: any, message: RegExp][] = [
    [
      'an unknown backend',
      () => distributed.init(false, 'x'),
      mlx.ValueError,
      /only valid values for backend/,
    ],
    ['no backend that works', () => distributed.init({ strict: true }), mlx.RuntimeError, /initialize any/],
    ['a ring without settings', () => distributed.init(true, 'ring'), mlx.RuntimeError, /MLX_RANK=""/],
    ['strict as a number', () => any.init(1), mlx.TypeError, /'strict' must be a bool, got number/],
    ['a backend as a number', () => any.init(false, 1), mlx.TypeError, /'backend' must be a string/],
    ['an unknown keyword', () => any.init({ backnd: 'ring' }), mlx.TypeError, /unknown keyword 'backnd'/],
    [
      'a factory that is none',
      () => any.init({ all_gather_factory: 1 }),
      mlx.TypeError,
      /must be a function/,
    ],
    [
      'a factory for another backend',
      () => distributed.init(false, 'ring', { all_gather_factory: () => 1 }),
      mlx.ValueError,
      /only supported with backend='jaccl'/,
    ],
    [
      'a factory',
      () => distributed.init(false, 'jaccl', { all_gather_factory: () => 1 }),
      mlx.NotImplementedError,
      /MLX_JACCL_COORDINATOR/,
    ],
    ['a split', () => group.split(0), mlx.RuntimeError, /Cannot split the distributed group/],
    ['a split without color', () => any.init().split(), mlx.TypeError, /missing argument 'color'/],
    ['half a color', () => group.split({ color: 0.5 }), mlx.TypeError, /'color' must be an int/],
    ['half a key', () => group.split(0, { key: 0.5 }), mlx.TypeError, /'key' must be an int/],
    ['an argument of rank', () => any.init().rank(1), mlx.TypeError, /Group\.rank\(\): takes fewer/],
    ['a group made by hand', () => new any.Group(), mlx.TypeError, /Groups are made by/],
    ['a method of something else', () => any.Group.prototype.rank.call({}), TypeError, /private member/],
    ['a number as group', () => any.all_sum(1, { group: 0 }), mlx.TypeError, /'group' must be a Group/],
    ['a group by position', () => any.all_sum(1, group), mlx.TypeError, /takes fewer positional/],
    ['nothing to sum', () => any.all_sum(), mlx.TypeError, /missing argument 'x'/],
    ['a text to sum', () => any.all_sum('x'), mlx.ValueError, /Invalid type string/],
    ['sending', () => distributed.send(mx.array(1), 0), mlx.ValueError, /send to a singleton group/],
    ['receiving', () => distributed.recv([1], mx.int32, 0), mlx.ValueError, /recv from a singleton group/],
    ['receiving alike', () => distributed.recv_like(mx.array(1), 0), mlx.ValueError, /from a singleton/],
    ['a destination that is no int', () => any.send(1, 0.5), mlx.TypeError, /'dst' must be an int/],
    ['a source that is none', () => any.recv([1], mx.int32), mlx.TypeError, /missing argument 'src'/],
    ['a text as dtype', () => any.recv([1], 'int32', 0), mlx.TypeError, /'dtype' must be a dtype/],
  ];
  for (const [name, call, type, message] of wrong) {
    it(`${name}: an error`, () => {
      assert.throws(call, (error: any) => {
        assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

describe('distributed, in a ring', function () {
  this.timeout(60000);

  for (const size of [2, 4]) {
    it(`of ${size}: every collective gives every rank what it should`, async () => {
      const ranks = await results(size, 'collectives.mjs', ['ring']);
      for (const [rank, seen] of ranks.entries()) assert.deepEqual(seen, expectedOf('ring', rank, size));
    });
  }

  it('of 4: an evaluation across the ring is an error, and the ring goes on', async () => {
    const ranks = await results(4, 'across.mjs');
    assert.match(ranks[0].problem, /^RuntimeError: .*\[ring\] Send only supported to direct neighbors/);
    assert.match(ranks[2].problem, /^RuntimeError: .*\[ring\] Recv only supported from direct neighbors/);
    for (const { after } of ranks) assert.equal(after, 6);
  });

  it('with a rank that died: an error at the next collective', async () => {
    const done = await nodeMlx(['launch', '-n', '2', join(PROGRAMS, 'deserted.mjs')]);
    assert.equal(done.status, 0, done.stderr);
    assert.match(linesOf(done.stdout)['0']!.join(), /^RuntimeError: .*connection/);
  });

  it('of Node and Python', async () => {
    const [first, second] = await Promise.all([freePort(), freePort()]);
    const folder = mkdtempSync(join(tmpdir(), 'ring-'));
    const MLX_HOSTFILE = join(folder, 'hosts.json');
    writeFileSync(MLX_HOSTFILE, JSON.stringify([[`127.0.0.1:${first}`], [`127.0.0.1:${second}`]]));
    const rank = (command: string, args: string[], MLX_RANK: string) =>
      output(command, args, { MLX_RANK, MLX_HOSTFILE });
    const python = [
      'import mlx.core as mx',
      'group = mx.distributed.init(strict=True)',
      'print(mx.distributed.all_sum(mx.array([10, 2.5])).tolist())',
      'print(mx.distributed.recv_like(mx.zeros((3,), mx.bfloat16), 0).tolist())',
    ].join('\n');
    const printed = await Promise.all([
      rank(process.execPath, [join(PROGRAMS, 'partner.mjs')], '0'),
      rank('build/venv/bin/python', ['-c', python], '1'),
    ]);
    assert.deepEqual(printed, ['[11,4.5]\n', '[11.0, 4.5]\n[1.0, 2.0, 3.5]\n']);
    rmSync(folder, { recursive: true });
  });

  // A number, a file, and what the error says. MLX itself would crash or wait for ever for the marked ones.
  const settings: [name: string, rank: string, hosts: string | undefined, message: RegExp][] = [
    ['a rank beyond the hosts', '2', '[["127.0.0.1:1"], ["127.0.0.1:2"]]', /cannot be larger than the size/],
    ['a negative rank (marked)', '-1', '[["127.0.0.1:1"], ["127.0.0.1:2"]]', /MLX_RANK must be a number/],
    ['a rank in words (marked)', 'one', '[["127.0.0.1:1"], ["127.0.0.1:2"]]', /MLX_RANK must be a number/],
    ['no hosts (marked)', '0', '[]', /names no hosts/],
    ['null as hosts (marked)', '0', 'null', /names no hosts/],
    ['hosts without addresses', '0', '[[], []]', /no sockets to the right/],
    ['numbers as hosts', '0', '[1, 2]', /must be string/],
    ['an address without a port', '0', '[["127.0.0.1"], ["127.0.0.1"]]', /Can't parse address/],
    ['a file that is no JSON', '0', 'hosts', /parse error/],
    ['no file', '0', undefined, /parse error/],
  ];
  for (const [name, rank, hosts, message] of settings) {
    it(`${name}: an error`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ring-'));
      const MLX_HOSTFILE = join(folder, 'hosts.json');
      if (hosts !== undefined) writeFileSync(MLX_HOSTFILE, hosts);
      const problem = await output(process.execPath, [join(PROGRAMS, 'init.mjs')], {
        MLX_RANK: rank,
        MLX_HOSTFILE,
      });
      assert.match(problem, message);
      assert.match(problem, /^(RuntimeError|ValueError): /);
      rmSync(folder, { recursive: true });
    });
  }
});

/** What a process prints; it must succeed. */
async function output(command: string, args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(signal ?? status));
  });
  assert.equal(ended, 0, stderr);
  return stdout;
}
