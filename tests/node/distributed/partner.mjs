// Rank 0 of a ring whose other rank is a Python program.
import { core as mx } from 'mlx';

mx.distributed.init(true);
console.log(JSON.stringify(mx.distributed.all_sum(mx.array([1, 2], mx.float32)).tolist()));
mx.eval(mx.distributed.send(mx.array([1, 2, 3.5], mx.bfloat16), 1));
