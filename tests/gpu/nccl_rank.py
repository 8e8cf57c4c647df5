"""What nccl_rank.mjs does, in Python."""

import json

import mlx.core as mx

group = mx.distributed.init(strict=True, backend="nccl")
rank = group.rank()
results: dict[str, object] = {"rank": rank, "size": group.size()}
for dtype in (mx.int32, mx.float32, mx.bfloat16, mx.float16):
    given = mx.array([rank, 2, 3 - rank, rank + 1], mx.int32).astype(dtype)
    for name in ("all_sum", "all_max", "all_min", "all_gather", "sum_scatter"):
        key = str(dtype).removeprefix("mlx.core.")
        results[f"{name} {key}"] = getattr(mx.distributed, name)(given, group=group).tolist()
long = mx.arange(1_000_003, dtype=mx.float32)
results["long"] = mx.array_equal(mx.distributed.all_sum(long, group=group), long * group.size()).item()
gradient = mx.grad(lambda x: mx.distributed.all_sum(x * x, group=group).sum())
results["gradient"] = gradient(mx.array([1.5, float(rank)])).tolist()
compiled = mx.compile(lambda x: mx.distributed.all_sum(x + 1, group=group) * 2)
results["compiled"] = compiled(mx.array([float(rank), 0.5])).tolist()
print(json.dumps(results))
