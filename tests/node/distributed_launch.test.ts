// `node-mlx launch` on this machine: what ranks are given, what becomes of their output, and how they end.
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ECHO, echoes, Folder, gone, killFirst, pidsIn, withPath } from './distributed/echo';
import { linesOf, nodeMlx, onceBoth, PROGRAMS } from './distributed/launched';

describe('node-mlx launch', function () {
  this.timeout(60000);
  const folder = new Folder();

  describe('gives ranks', () => {
    it('their number, the ring and the arguments', async () => {
      const ranks = await echoes(['-n', '3', ECHO, '', '-n', '5', '--help', 'two words']);
      assert.deepEqual(
        ranks.map(({ variables }) => variables.MLX_RANK),
        ['0', '1', '2'],
      );
      const ports = ranks[0].hosts.map(([address]: [string]) => /^127\.0\.0\.1:(\d+)$/.exec(address)![1]);
      assert.equal(new Set(ports).size, 3);
      for (const { args, hosts, cwd } of ranks) {
        assert.deepEqual(args, ['', '-n', '5', '--help', 'two words']);
        assert.deepEqual(hosts, ranks[0].hosts);
        assert.equal(cwd, process.cwd());
      }
    });

    it('variables, not those of an outer launch', async () => {
      const [only] = await echoes(['--env', 'GIVEN=a=b c', '--env', 'GIVEN_EMPTY=', ECHO], {
        env: {
          MLX_RANK: '7',
          MLX_HOSTFILE: '/nowhere',
          MLX_WORLD_SIZE: '9',
          NCCL_PORT: '1',
          GIVEN_BEFORE: 'yes',
        },
      });
      assert.equal(only.hosts, null);
      assert.deepEqual(only.variables, { GIVEN: 'a=b c', GIVEN_EMPTY: '', GIVEN_BEFORE: 'yes' });
    });

    it('files that are gone afterwards', async () => {
      const TMPDIR = folder.make('tmp');
      const [{ hostfile }] = await echoes(['-n', '2', ECHO], { env: { TMPDIR } });
      assert.ok(hostfile.startsWith(TMPDIR));
      assert.deepEqual(readdirSync(TMPDIR), []);
    });

    it('for NCCL: a meeting point and a GPU each', async () => {
      const ranks = await echoes(['-n', '2', '--backend', 'nccl', ECHO], {
        env: { CUDA_VISIBLE_DEVICES: undefined },
      });
      assert.match(ranks[0].variables.NCCL_PORT, /^\d+$/);
      ranks.forEach(({ variables }, rank) => {
        assert.deepEqual(variables, {
          MLX_RANK: `${rank}`,
          MLX_WORLD_SIZE: '2',
          NCCL_HOST_IP: '127.0.0.1',
          NCCL_PORT: ranks[0].variables.NCCL_PORT,
          CUDA_VISIBLE_DEVICES: `${rank}`,
        });
      });
    });

    it('for NCCL: GPUs among those that were chosen', async () => {
      const chosen = { env: { CUDA_VISIBLE_DEVICES: '5,3' } };
      const devices = (ranks: any[]) => ranks.map(({ variables }) => variables.CUDA_VISIBLE_DEVICES);
      assert.deepEqual(devices(await echoes(['-n', '2', '--backend', 'nccl', ECHO], chosen)), ['5', '3']);
      const given = ['-n', '2', '--backend', 'nccl', '--env', 'CUDA_VISIBLE_DEVICES=9', ECHO];
      assert.deepEqual(devices(await echoes(given, chosen)), ['9', '9']);
    });

    it('for NCCL: no more ranks than GPUs that were chosen', async () => {
      const chosen = { env: { CUDA_VISIBLE_DEVICES: '5,3' } };
      const done = await nodeMlx(['launch', '-n', '3', '--backend', 'nccl', ECHO], chosen);
      assert.equal(done.status, 2);
      assert.match(done.stderr, /CUDA_VISIBLE_DEVICES names 2 GPUs/);
    });

    it('what a hostfile says', async () => {
      const hostfile = folder.file('says.json', {
        backend: 'nccl',
        envs: ['GIVEN=from the file', 'GIVEN_TOO=file'],
        hosts: [{ ssh: 'localhost', ips: ['127.0.0.1'] }, { ssh: '127.0.0.1' }],
      });
      const ranks = await echoes(['--hostfile', hostfile, '--env', 'GIVEN_TOO=line', ECHO]);
      assert.equal(ranks.length, 2);
      assert.equal(ranks[1].variables.MLX_WORLD_SIZE, '2');
      assert.equal(ranks[0].variables.GIVEN, 'from the file');
      assert.equal(ranks[0].variables.GIVEN_TOO, 'line');
      const ring = await echoes(['--hostfile', hostfile, '--backend', 'ring', '-n', '2', ECHO]);
      assert.deepEqual(
        ring.map(({ variables }) => variables.MLX_RANK),
        ['0', '1', '2', '3'],
      );
    });

    it('several addresses each, where hosts have them', async () => {
      const hosts = ['127.0.0.1', '127.0.0.1'].map((ssh) => ({ ssh, ips: ['127.0.0.1', '127.0.0.1'] }));
      const [first] = await echoes(['--hostfile', folder.file('wires.json', hosts), ECHO]);
      assert.deepEqual(
        first.hosts.map((addresses: string[]) => addresses.length),
        [2, 2],
      );
      assert.equal(new Set(first.hosts.flat()).size, 4);
    });

    it('for MPI: what mpirun makes of its command', async () => {
      const tools = folder.make('mpi');
      copyFileSync(join(PROGRAMS, 'mpirun.sh'), join(tools, 'mpirun'));
      const args = [
        '-n',
        '2',
        '--backend',
        'mpi',
        '--hosts',
        'alpha,beta',
        '--env',
        'GIVEN=a b',
        ECHO,
        'wait',
      ];
      const done = await nodeMlx(['launch', ...args], {
        env: { ...withPath(tools), MPIRUN_VERSION: 'mpirun (Open MPI) 4.1.4' },
      });
      assert.equal(done.status, 0, done.stderr);
      const words = linesOf(done.stdout)['1']!.map((word) => word.slice(1, -1));
      const options = ['-np', '4', '--tag-output', '--host', 'alpha:2,beta:2', '--bind-to', 'none'];
      assert.deepEqual(words, [...options, '-x', 'NO_COLOR=1', '-x', 'GIVEN=a b', 'node', ECHO, 'wait']);
    });
  });

  describe('passes output on', () => {
    it('in whole lines with the rank in front', async () => {
      const done = await nodeMlx(['launch', '-n', '2', ECHO, 'pieces']);
      for (const rank of ['0', '1']) {
        assert.deepEqual(linesOf(done.stdout)[rank]!.slice(1), ['one, tw😀o', '', 'three']);
        assert.deepEqual(linesOf(done.stderr)[rank], ['a complaint']);
      }
      assert.deepEqual(Object.keys(linesOf(done.stdout)), ['0', '1']);
    });

    it('however much there is', async () => {
      const done = await nodeMlx(['launch', '-n', '2', ECHO, 'big']);
      for (const rank of ['0', '1']) {
        const lines = linesOf(done.stdout)[rank]!.slice(1);
        assert.deepEqual(
          lines.map(({ length }) => length),
          Array(5).fill(1_000_000),
        );
      }
    });

    it('and tells what it does, if asked to', async () => {
      const done = await nodeMlx(['launch', '-n', '2', '--verbose', ECHO]);
      assert.match(done.stderr, /rank 1 on 127\.0\.0\.1: \S*node \S*echo\.mjs\n/);
      assert.match(done.stderr, /rank 0 exited with status 0\n/);
      assert.equal((await nodeMlx(['launch', '-n', '2', ECHO])).stderr, '');
    });
  });

  describe('ends', () => {
    it('with the status of a rank that failed, and ends the others', async () => {
      const done = await nodeMlx(['launch', '-n', '3', ECHO, 'fail']);
      assert.equal(done.status, 3);
      assert.equal(done.stderr, 'node-mlx launch: rank 1 exited with status 3; ending the others\n');
      for (const pid of pidsIn(done.stdout)) await gone(pid);
    });

    it('where a rank was killed', async () => {
      const done = await nodeMlx(['launch', '-n', '2', ECHO, 'die']);
      assert.equal(done.status, 128 + 9);
      assert.match(done.stderr, /rank 1 was ended by SIGKILL; ending the others/);
    });

    it('where a rank was killed in a collective', async () => {
      const done = await nodeMlx(['launch', '-n', '4', join(PROGRAMS, 'killed.mjs')]);
      // A neighbour may see its connection lost, and fail, before the system reports the killed process.
      assert.ok(done.status === 128 + 9 || done.status === 1, `${done.status}`);
      assert.match(done.stderr, /rank [123] (was ended by SIGKILL|exited with status 1); ending the others/);
      for (const [pid] of Object.values(linesOf(done.stdout))) await gone(Number(pid));
    });

    it('where a script throws', async () => {
      const thrower = folder.file('thrower.mjs', 'throw new Error("boom");\n');
      const done = await nodeMlx(['launch', '-n', '2', thrower]);
      assert.equal(done.status, 1);
      assert.match(done.stderr, /^\[[01]\] Error: boom$/m);
    });

    it('where the others do not listen', async () => {
      const done = await nodeMlx(['launch', '-n', '2', '--verbose', ECHO, 'cling'], killFirst());
      assert.equal(done.status, 128 + 9);
      assert.match(
        done.stderr,
        /rank 0 was ended by SIGKILL; ending the others\n.*rank 1 was ended by SIGKILL\n/,
      );
      assert.deepEqual(linesOf(done.stdout)['1']!.slice(1), ['ready', 'not yet']);
    });

    it('when it is told to: SIGTERM reaches the ranks', async () => {
      const done = await nodeMlx(
        ['launch', '-n', '2', ECHO, 'wait'],
        onceBoth('"pid"', (launcher) => launcher.kill('SIGTERM')),
      );
      assert.equal(done.status, 128 + 15);
      assert.match(done.stderr, /was ended by SIGTERM/);
    });

    it('well, where an interrupt is the end that ranks wait for', async () => {
      const done = await nodeMlx(
        ['launch', '-n', '2', ECHO, 'obey'],
        onceBoth('ready', (launcher) => launcher.kill('SIGINT')),
      );
      assert.equal(done.status, 0, done.stderr);
      for (const rank of ['0', '1']) assert.equal(linesOf(done.stdout)[rank]!.at(-1), 'interrupted');
    });

    it('at the second interrupt, where ranks do not listen', async () => {
      let interrupts = 0;
      const done = await nodeMlx(['launch', '-n', '2', ECHO, 'cling'], {
        watch(launcher, stdout) {
          if (stdout.split(interrupts === 0 ? 'ready' : 'ignored').length <= 2) return;
          if (interrupts++ < 2) launcher.kill('SIGINT');
        },
      });
      assert.equal(interrupts, 2);
      assert.equal(done.status, 128 + 9);
    });

    it('when nobody reads its output any more', async () => {
      const talker = folder.file(
        'talker.mjs',
        'console.log("pid", process.pid);\nsetInterval(() => console.log("x"), 10);\n',
      );
      let pids: number[] = [];
      const done = await nodeMlx(
        ['launch', '-n', '2', talker],
        onceBoth('pid', (launcher, stdout) => {
          pids = Array.from(stdout.matchAll(/pid (\d+)/g), (match) => Number(match[1]));
          launcher.stdout!.destroy();
        }),
      );
      assert.notEqual(done.status, 0);
      assert.equal(pids.length, 2);
      for (const pid of pids) await gone(pid);
    });
  });
});
