// Four ranks, of which two try to reach each other across the ring, and then all sum their ranks.
import { core as mx } from 'mlx';

const { distributed } = mx;
const rank = distributed.init(true, 'ring').rank();
const attempts = {
  0: () => distributed.send(mx.array(1), 2).eval(),
  2: () => distributed.recv([1], mx.int32, 0).eval(),
};
let problem = null;
try {
  attempts[rank]?.();
} catch (error) {
  problem = `${error.name}: ${error.message}`;
}
console.log(JSON.stringify({ problem, after: distributed.all_sum(rank).item() }));
