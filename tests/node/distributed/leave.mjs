// A rank of two that splits the group, keeps the halves and graphs that use them, and ends in the given way.
//   leave.mjs WAY
import { Worker } from 'node:worker_threads';
import { core as mx } from 'mlx';

const { distributed } = mx;
const way = process.argv[2];
const group = distributed.init(true, 'mpi');
const whole = group.split(0);
globalThis.kept = [group.split(group.rank()), whole];
globalThis.graphs = [distributed.all_sum(mx.ones([2])), distributed.all_sum(mx.ones([2]), { group: whole })];
console.log(distributed.all_sum(group.rank() + 1, { group: whole }).item());

const failing = group.rank() === 1;
const ways = {
  return: () => {},
  exit: () => process.exit(0),
  /** A compiled function keeps its graph, and so the group. */
  compiled() {
    globalThis.double = mx.compile((x) => distributed.all_sum(x, { group: whole }));
    mx.eval(globalThis.double(mx.ones([3])));
  },
  /** Another thread asks for the group, and is gone before the end. */
  async worker() {
    const source = "require('mlx').core.distributed.init()";
    await new Promise((resolve) => new Worker(source, { eval: true }).on('exit', resolve));
  },
  /** Both ranks go while they still communicate. */
  pending() {
    mx.async_eval(distributed.all_sum(mx.ones([1_000_000])));
  },
  throw() {
    if (failing) throw new Error('boom');
  },
  status() {
    if (failing) process.exit(3);
  },
  killed() {
    if (failing) process.kill(process.pid, 'SIGKILL');
  },
  wait: () => setInterval(() => {}, 1000),
};
await ways[way]();
// The other rank waits for the one that failed.
if (['throw', 'status', 'killed'].includes(way)) mx.eval(distributed.all_sum(1));
