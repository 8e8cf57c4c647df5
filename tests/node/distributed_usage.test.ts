// The command line of `node-mlx launch`: its help, and every wrong use of it.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECHO, Folder, withPath } from './distributed/echo';
import { nodeMlx, PROGRAMS } from './distributed/launched';

describe('the command line of node-mlx launch', function () {
  this.timeout(60000);
  const folder = new Folder();

  describe('is explained', () => {
    for (const args of [['--help'], ['launch', '--help'], ['launch', '-h', '-n', '2']]) {
      it(`by ${args.join(' ')}`, async () => {
        const done = await nodeMlx(args);
        assert.equal(done.status, 0);
        assert.match(done.stdout, /^usage: node-mlx launch \[options\] script\.mjs \[arguments\]\n/);
        for (const option of [
          '-n, --ranks',
          '--backend',
          '--hosts',
          '--hostfile',
          '--env',
          '--port',
          '--verbose',
        ]) {
          assert.ok(done.stdout.includes(`  ${option} `), option);
        }
      });
    }
  });

  describe('refuses', () => {
    const wrong: [name: string, args: () => string[], message: RegExp][] = [
      ['no verb', () => [], /a verb is missing/],
      ['an unknown verb', () => ['lunch'], /unknown verb 'lunch'/],
      ['no script', () => ['launch', '-n', '2'], /no script was given/],
      ['a script that is not there', () => ['launch', 'nowhere.mjs'], /there is no file nowhere\.mjs/],
      ['an unknown option', () => ['launch', '--foo', ECHO], /Unknown option '--foo'/],
      ['an option without its value', () => ['launch', '--backend'], /'--backend <value>' argument missing/],
      ['no ranks', () => ['launch', '-n', '0', ECHO], /-n must be a number from 1 to 4096, not '0'/],
      ['ranks in words', () => ['launch', '-n', 'two', ECHO], /not 'two'/],
      ['half a rank', () => ['launch', '-n', '1.5', ECHO], /not '1\.5'/],
      [
        'a port that is none',
        () => ['launch', '--port', '70000', ECHO],
        /--port must be a number from 1 to 65535/,
      ],
      [
        'an unknown backend',
        () => ['launch', '--backend', 'jaccl', ECHO],
        /'jaccl': it is one of ring, nccl, mpi/,
      ],
      ['an inherited name as backend', () => ['launch', '--backend', 'toString', ECHO], /unknown backend/],
      ['hosts twice', () => ['launch', '--hosts', 'a', '--hostfile', 'b', ECHO], /exclude each other/],
      ['an empty host', () => ['launch', '--hosts', 'a,,b', ECHO], /a name is empty/],
      [
        'an option of ssh as host',
        () => ['launch', '--hosts', '-oProxyCommand=x', ECHO],
        /argument is ambiguous|not the name/,
      ],
      [
        'an option of ssh in a hostfile',
        () => hostfile([{ ssh: '-oProxyCommand=x' }]),
        /is not the name of a host/,
      ],
      ['a variable without a value', () => ['launch', '--env', 'A', ECHO], /--env: 'A' is not NAME=value/],
      ['a variable with an odd name', () => ['launch', '--env', 'A;B=1', ECHO], /'A;B=1' is not NAME=value/],
      [
        'this machine as 127.0.0.1 among others',
        () => ['launch', '--hosts', '127.0.0.1,alpha', ECHO],
        /alpha cannot reach 127\.0\.0\.1/,
      ],
      [
        'a hostfile that is not there',
        () => ['launch', '--hostfile', 'nowhere', ECHO],
        /--hostfile nowhere: ENOENT/,
      ],
      ['a hostfile that is no JSON', () => hostfile('{'), /--hostfile \S*bad\.json: .*JSON/],
      ['a hostfile of numbers', () => hostfile('3'), /a list of hosts is expected/],
      ['a hostfile without hosts', () => hostfile([]), /a list of hosts is expected/],
      ['the file that ranks read', () => hostfile([['127.0.0.1:5000']]), /a host looks like \{ "ssh"/],
      ['addresses that are none', () => hostfile([{ ssh: 'a', ips: [1] }]), /a host looks like/],
      [
        'a number as backend',
        () => hostfile({ hosts: [{ ssh: 'a' }], backend: 1 }),
        /`backend` must be a string/,
      ],
      [
        'variables that are none',
        () => hostfile({ hosts: [{ ssh: 'a' }], envs: ['A'] }),
        /'A' is not NAME=value/,
      ],
    ];
    const hostfile = (content: unknown): string[] => [
      'launch',
      '--hostfile',
      folder.file('bad.json', content),
      ECHO,
    ];
    for (const [name, args, message] of wrong) {
      it(name, async () => {
        const done = await nodeMlx(args());
        assert.equal(done.status, 2, done.stderr);
        assert.match(done.stderr, message);
        assert.match(done.stderr, /^node-mlx: .*\nSee `node-mlx --help`\.\n$/s);
        assert.equal(done.stdout, '');
      });
    }

    it('mpirun that is not installed', async () => {
      const done = await nodeMlx(['launch', '--backend', 'mpi', ECHO], { env: { PATH: folder.path } });
      assert.equal(done.status, 2);
      assert.match(done.stderr, /needs Open MPI, and mpirun cannot be run: spawn mpirun ENOENT/);
    });

    it('an mpirun of others', async () => {
      const tools = folder.make('mpich');
      copyFileSync(join(PROGRAMS, 'mpirun.sh'), join(tools, 'mpirun'));
      const done = await nodeMlx(['launch', '--backend', 'mpi', ECHO], {
        env: { ...withPath(tools), MPIRUN_VERSION: 'HYDRA build details: Version: 4.1' },
      });
      assert.equal(done.status, 2);
      assert.match(done.stderr, /needs Open MPI, but mpirun is HYDRA build details/);
    });
  });
});
