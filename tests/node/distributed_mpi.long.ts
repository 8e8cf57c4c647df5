// mx.distributed over Open MPI: `make mpi` installs it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { core as mx } from 'mlx';
import { expectedOf } from './distributed/expected';
import { linesOf, nodeMlx, PROGRAMS, results, type Settings } from './distributed/launched';

// Open MPI refuses to run as root, as tests in a container do, unless it is told twice. Without the last one it
// tries to read other processes' memory, which containers forbid.
Object.assign(process.env, {
  OMPI_ALLOW_RUN_AS_ROOT: '1',
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
  OMPI_MCA_btl_vader_single_copy_mechanism: 'none',
});

describe('distributed, over Open MPI', function () {
  this.timeout(120000);

  it('is available, and a process alone is a group of one', () => {
    assert.equal(mx.distributed.is_available('mpi'), true);
    assert.equal(mx.distributed.init(false, 'mpi').size(), 1);
    // Open MPI 4 has set variables by which it knows this process: the launches that follow must not see them.
  });

  for (const size of [2, 4]) {
    it(`every collective gives every one of ${size} ranks what it should`, async () => {
      const ranks = await results(size, 'collectives.mjs', ['mpi'], 'mpi');
      for (const [rank, seen] of ranks.entries()) assert.deepEqual(seen, expectedOf('mpi', rank, size));
    });
  }

  it('is what a program gets that asks for no backend', async () => {
    const ranks = await results(2, 'collectives.mjs', ['any'], 'mpi');
    assert.deepEqual(ranks[1], expectedOf('mpi', 1, 2));
  });

  /** Runs two ranks that split the group, leave graphs, and end in the given way. */
  const leave = (way: string, settings?: Settings) =>
    nodeMlx(['launch', '-n', '2', '--backend', 'mpi', join(PROGRAMS, 'leave.mjs'), way], settings);

  for (const way of ['return', 'exit', 'compiled', 'worker', 'pending']) {
    it(`ends well with groups alive: ${way}`, async () => {
      const done = await leave(way);
      assert.equal(done.status, 0, done.stderr);
      assert.deepEqual(linesOf(done.stdout), { 0: ['3'], 1: ['3'] });
    });
  }

  const failures: [way: string, status: number, said: RegExp][] = [
    ['throw', 1, /^\[1\] Error: boom$/m],
    ['status', 3, /Exit code: +3$/m],
    ['killed', 128 + 9, /process rank 1 [\s\S]* exited on\s+signal 9/],
  ];
  for (const [way, status, said] of failures) {
    it(`ends the run where a rank fails and the other waits for it: ${way}`, async () => {
      const done = await leave(way);
      assert.equal(done.status, status, done.stderr);
      assert.match(done.stdout + done.stderr, said);
      assert.match(done.stderr, new RegExp(`mpirun exited with status ${status}`));
    });
  }

  it('ends when it is told to', async () => {
    let told = false;
    const done = await leave('wait', {
      watch(launcher, stdout) {
        if (!told && stdout.split('3\n').length > 2) launcher.kill('SIGTERM');
        told ||= launcher.killed;
      },
    });
    assert.ok(told);
    assert.notEqual(done.status, 0);
  });
});
