// Two ranks: the second leaves where the first waits for it.
import { core as mx } from 'mlx';

const { distributed } = mx;
if (distributed.init(true, 'ring').rank() === 0) {
  try {
    distributed.all_sum(mx.ones([1000])).eval();
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
