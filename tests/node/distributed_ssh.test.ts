// `node-mlx launch` over ssh, where a script stands in for ssh and runs the commands on this machine.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ECHO, echoes, Folder, gone, killFirst, pidsIn, withPath } from './distributed/echo';
import { expectedOf } from './distributed/expected';
import { freePort, linesOf, nodeMlx, onceBoth, PROGRAMS, type Settings } from './distributed/launched';

describe('node-mlx launch over ssh', function () {
  this.timeout(60000);
  const folder = new Folder();
  let tools: string;
  let log: string;
  before(() => {
    tools = folder.make('ssh');
    copyFileSync(join(PROGRAMS, 'ssh.sh'), join(tools, 'ssh'));
    symlinkSync(process.execPath, join(tools, 'node'));
    log = join(folder.path, 'ssh.log');
  });
  beforeEach(() => writeFileSync(log, ''));
  const overSsh = (more?: Settings): Settings => ({ ...more, env: { ...withPath(tools), SSH_LOG: log } });

  it('ranks get the same as here', async () => {
    const odd = `it's "$HOME" \`and\` \\ more\nlines`;
    const args = ['--hosts', 'alpha,beta', '--port', '6100', '--env', `GIVEN=${odd}`, ECHO, '', odd, '*'];
    const ranks = await echoes(args, overSsh());
    assert.equal(ranks.length, 2);
    ranks.forEach(({ args, cwd, hosts, variables }, rank) => {
      assert.deepEqual(args, ['', odd, '*']);
      assert.equal(cwd, process.cwd());
      assert.deepEqual(hosts, [['alpha:6100'], ['beta:6101']]);
      assert.deepEqual(variables, { MLX_RANK: `${rank}`, GIVEN: odd });
    });
    const commands = readFileSync(log, 'utf8').split('\n').slice(0, -1).sort();
    assert.deepEqual(
      commands.map((line) => line.slice(0, line.indexOf('exec'))),
      ['-T -o BatchMode=yes alpha ', '-T -o BatchMode=yes beta '],
    );
    for (const { hostfile } of ranks) assert.throws(() => readFileSync(hostfile), /ENOENT/);
  });

  it('ranks form a ring', async () => {
    // Addresses of this machine that are not 127.0.0.1, under names that are not local.
    const hosts = [
      { ssh: 'alpha', ips: ['127.0.0.2'] },
      { ssh: 'beta', ips: ['127.0.0.3'] },
    ];
    const args = ['--hostfile', folder.file('ring.json', hosts), '--port', `${await freePort()}`];
    const done = await nodeMlx(['launch', ...args, join(PROGRAMS, 'collectives.mjs'), 'ring'], overSsh());
    assert.equal(done.status, 0, done.stderr);
    const lines = linesOf(done.stdout);
    for (const rank of [0, 1]) assert.deepEqual(JSON.parse(lines[rank]![0]!), expectedOf('ring', rank, 2));
  });

  it('the status of a rank that fails comes back, and the others end', async () => {
    const done = await nodeMlx(['launch', '--hosts', 'alpha,beta', ECHO, 'fail'], overSsh());
    assert.equal(done.status, 3);
    for (const pid of pidsIn(done.stdout)) await gone(pid);
  });

  it('ranks that do not listen end, too', async () => {
    const done = await nodeMlx(['launch', '--hosts', 'alpha,beta', ECHO, 'cling'], overSsh(killFirst()));
    assert.equal(done.status, 128 + 9);
    assert.deepEqual(linesOf(done.stdout)['1']!.slice(1), ['ready', 'not yet']);
    for (const pid of pidsIn(done.stdout)) await gone(pid);
  });

  it('an interrupt reaches the ranks', async () => {
    const obey = onceBoth('ready', (launcher) => launcher.kill('SIGINT'));
    const done = await nodeMlx(['launch', '--hosts', 'alpha,beta', ECHO, 'obey'], overSsh(obey));
    assert.equal(done.status, 0, done.stderr);
    for (const rank of ['0', '1']) assert.equal(linesOf(done.stdout)[rank]!.at(-1), 'interrupted');
  });

  it('nothing is left behind where the launcher is killed', async () => {
    let pids: number[] = [];
    const kill = onceBoth('"pid"', (launcher, stdout) => {
      pids = pidsIn(stdout);
      launcher.kill('SIGKILL');
    });
    const done = await nodeMlx(['launch', '--hosts', 'alpha,beta', ECHO, 'wait'], overSsh(kill));
    assert.equal(done.signal, 'SIGKILL');
    assert.equal(pids.length, 2);
    for (const pid of pids) await gone(pid);
  });

  it('a host that cannot be reached ends the run', async () => {
    const done = await nodeMlx(['launch', '--hosts', 'alpha,unreachable', ECHO, 'wait'], overSsh());
    assert.equal(done.status, 255);
    assert.match(done.stderr, /^\[1\] ssh: connect to host unreachable port 22: Connection refused$/m);
    assert.match(done.stderr, /rank 1 exited with status 255; ending the others/);
  });

  it('a folder that the host does not have ends the run', async () => {
    const cwd = folder.make('here');
    const done = await nodeMlx(['launch', '--hosts', 'bare', resolve(ECHO)], { ...overSsh(), cwd });
    assert.notEqual(done.status, 0);
    assert.match(done.stderr, /^\[0\] .*cd.*here-/m);
  });

  it('no ssh: says so', async () => {
    const done = await nodeMlx(['launch', '--hosts', 'alpha', ECHO], { env: { PATH: folder.path } });
    assert.equal(done.status, 127);
    assert.match(done.stderr, /rank 0 could not be started: ssh is not installed or not on the PATH/);
  });
});
