// Ranks that sum for ever, until one of them is killed.
import { core as mx } from 'mlx';

console.log(process.pid);
const rank = mx.distributed.init(true).rank();
for (let i = 0; ; i++) {
  if (rank === 2 && i === 10) process.kill(process.pid, 'SIGKILL');
  mx.eval(mx.distributed.all_sum(mx.ones([1000])));
}
