// A rank that makes NCCL's collectives once and prints the results as one line of JSON.
import { core as mx } from 'mlx';

const group = mx.distributed.init({ strict: true, backend: 'nccl' });
const rank = group.rank();
const results = { rank, size: group.size() };
for (const dtype of [mx.int32, mx.float32, mx.bfloat16, mx.float16]) {
  const given = mx.array([rank, 2, 3 - rank, rank + 1], mx.int32).astype(dtype);
  for (const name of ['all_sum', 'all_max', 'all_min', 'all_gather', 'sum_scatter']) {
    results[`${name} ${dtype.key}`] = mx.distributed[name](given, { group }).tolist();
  }
}
const long = mx.arange(1_000_003, { dtype: mx.float32 });
results.long = mx.array_equal(mx.distributed.all_sum(long, { group }), long.multiply(group.size())).item();
const gradient = mx.grad((x) => mx.distributed.all_sum(x.multiply(x), { group }).sum());
results.gradient = gradient(mx.array([1.5, rank], mx.float32)).tolist();
const compiled = mx.compile((x) => mx.distributed.all_sum(x.add(1), { group }).multiply(2));
results.compiled = compiled(mx.array([rank, 0.5], mx.float32)).tolist();
console.log(JSON.stringify(results));
