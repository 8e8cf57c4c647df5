// Prints what becomes of `init` with the settings of the environment.
import { core as mx } from 'mlx';

try {
  const group = mx.distributed.init(true, 'ring');
  console.log(`rank ${group.rank()} of ${group.size()}`);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
