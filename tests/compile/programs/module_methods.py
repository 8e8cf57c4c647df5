"""The methods of nn.Module, quantization, and what mlx.nn does with whole models."""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.nn.layers.distributed import shard_inplace, shard_linear
from mlx.nn.utils import checkpoint, clip_grad_norm_sharded
from mlx.utils import tree_flatten, tree_map

from .facts import bits, leaves, normal, refused, shapes, total


class Block(nn.Module):
    def __init__(self, dims: int):
        super().__init__()
        self.norm = nn.LayerNorm(dims)
        self.linear = nn.Linear(dims, dims)

    def __call__(self, x):
        return x + self.linear(self.norm(x))


class Model(nn.Module):
    """Modules as attributes, in lists, in dicts; arrays of its own, one of them private."""

    def __init__(self, dims: int = 4):
        super().__init__()
        self.table = nn.Embedding(6, dims)
        self.blocks = [Block(dims), Block(dims)]
        self.heads = {"left": nn.Linear(dims, 2), "right": nn.Linear(dims, 3, bias=False)}
        self.scale = mx.ones((dims,))
        self.dropout = nn.Dropout(0.5)
        self._cache = mx.zeros((2,))
        self.steps = 3

    def __call__(self, x):
        x = self.table(x) * self.scale
        for block in self.blocks:
            x = block(x)
        x = self.dropout(x)
        return mx.concatenate([self.heads["left"](x), self.heads["right"](x)], axis=-1)


def names(tree):
    return [name for name, _ in tree_flatten(tree)]


def trainable(model):
    return names(model.trainable_parameters())


def structure():
    model = Model()
    return {
        "repr": repr(model),
        "parameters": leaves(model.parameters()),
        "children": [
            [name, type(child).__name__]
            for name, child in tree_flatten(model.children(), is_leaf=nn.Module.is_module)
        ],
        "leaf modules": [
            [name, repr(child)]
            for name, child in tree_flatten(model.leaf_modules(), is_leaf=nn.Module.is_module)
        ],
        "modules": [type(module).__name__ for module in model.modules()],
        "named modules": [[name, type(module).__name__] for name, module in model.named_modules()],
        "state": names(model.state),
        "keys": list(model.keys()),
        "length": len(model),
        "holds": ["scale" in model, "steps" in model, "nothing" in model],
        "steps": model.steps,
        "is module": [nn.Module.is_module(model), nn.Module.is_module({})],
    }


def attributes():
    """An attribute moves between the items and the plain ones."""
    model = Model()
    model.steps = mx.array([1.0])
    found = [names(model.parameters())]
    model.scale = 2
    del model.steps
    found.append(names(model.parameters()))
    found.append(model.scale)
    found.append([hasattr(model, "name"), hasattr(model, "length")])
    model.length, model.name = mx.ones((1,)), mx.zeros((1,))
    model["late"] = mx.zeros((1,))
    model.pop("table")
    found.append(names(model.parameters()))
    found.append([hasattr(model, "steps"), hasattr(model, "late"), model.get("late").shape == (1,)])
    return found


def freezing():
    model = Model()
    found = [trainable(model.freeze())]
    found.append(trainable(model.unfreeze(keys="bias")))
    found.append(trainable(model.unfreeze()))
    found.append(trainable(model.freeze(recurse=False)))
    found.append(trainable(model.unfreeze(recurse=False)))
    found.append(trainable(model.freeze(keys=["weight", "scale"])))
    found.append(trainable(model.unfreeze(keys=["weight"], strict=True)))
    found.append(trainable(model.freeze(recurse=False, keys="scale", strict=True)))
    found.append(trainable(model.freeze(keys="bias", strict=True)))
    found.append(refused(lambda: model.freeze(keys="nothing", strict=True)))
    found.append(refused(lambda: model.unfreeze(recurse=False, keys=["bias"], strict=True)))
    model.blocks[0].freeze()
    found.append(trainable(model))
    return found


def always_frozen():
    """Layers with parameters that never train, whatever is unfrozen."""
    found = []
    for layer in (
        nn.BatchNorm(3),
        nn.QuantizedLinear(64, 32),
        nn.QuantizedEmbedding(8, 64),
        nn.QuantizedAllToShardedLinear(64, 32),
        nn.QuantizedShardedToAllLinear(64, 32),
    ):
        layer.unfreeze()
        found.append([trainable(layer), names(layer.parameters()), trainable(layer.freeze())])
    return found


def modes():
    model = Model()
    x = mx.array([1, 2, 3])
    found = [model.training, model.dropout.training, bits(model(x))]
    model.eval()
    found += [model.training, model.blocks[1].linear.training, bits(model(x))]
    model.train()
    found.append([module.training for module in model.modules()])
    model.train(mode=False)
    found.append([module.training for module in model.modules()])
    return found


def applying():
    model = Model()
    model.apply(lambda x: x + 1)
    found = [leaves(model.parameters())]
    model.apply(
        lambda x: x * 0, filter_fn=lambda module, key, value: key != "weight" and not key.startswith("_")
    )
    found.append(leaves(model.parameters()))
    seen = []
    model.apply_to_modules(lambda name, module: seen.append([name, type(module).__name__]))
    return [*found, seen]


def updating():
    model = Model()
    model.update({"scale": mx.zeros((4,)), "blocks": [{"norm": {"bias": mx.ones((4,))}}]})
    found = [leaves(model.parameters())]
    model.update({"unknown": mx.zeros((1,)), "scale": mx.ones((4,))}, strict=False)
    found.append(leaves(model.parameters()))
    found.append(refused(lambda: model.update({"unknown": mx.zeros((1,))})))
    found.append(refused(lambda: model.update({"blocks": [{}, {}, {"norm": {}}]})))
    found.append(refused(lambda: model.update({"scale": 1})))
    found.append(refused(lambda: model.update({"table": 1})))
    return found


def replacing():
    model = Model()
    model.update_modules({"blocks": [{}, {"linear": nn.Linear(4, 4, bias=False)}], "dropout": nn.Identity()})
    found = [repr(model)]
    model.update_modules({"unknown": nn.Identity()}, strict=False)
    found.append(repr(model))
    found.append(refused(lambda: model.update_modules({"unknown": nn.Identity()})))
    found.append(refused(lambda: model.update_modules({"blocks": [{}, {}, {"linear": nn.Identity()}]})))
    found.append(refused(lambda: model.update_modules({"scale": nn.Identity()})))
    return found


def mapping():
    model = Model()
    weights = model.filter_and_map(
        lambda module, key, value: isinstance(value, (dict, list)) or key == "weight",
        map_fn=lambda x: list(x.shape) if isinstance(x, mx.array) else "other",
        is_leaf_fn=lambda module, key, value: isinstance(value, (mx.array, nn.Linear)),
    )
    valid = model.filter_and_map(nn.Module.valid_parameter_filter)
    model.freeze(keys="weight")
    free = model.filter_and_map(nn.Module.trainable_parameter_filter, map_fn=lambda x: x.sum())
    return [repr(weights), leaves(valid), leaves(free)]


def dtypes():
    model = Model()
    model.steps = mx.array([1, 2])
    model.set_dtype(mx.float16)
    found = [leaves(model.parameters())]
    model.set_dtype(mx.bfloat16, predicate=lambda dtype: dtype == mx.int32)
    found.append(shapes(model.parameters()))
    model.set_dtype(mx.float32, predicate=None)
    found.append(shapes(model.parameters()))
    return found


def files():
    """Weights written by one model and read by another, in both formats."""
    found = []
    for file in ("weights.npz", "weights.safetensors"):
        model, other = Model(), Model()
        model.save_weights(file)
        other.load_weights(file)
        found.append([leaves(other.parameters()), sorted(mx.load(file).keys())])
        small = nn.Linear(4, 2)
        found.append(refused(lambda: small.load_weights(file)))  # noqa: B023
        small.load_weights(file, strict=False)
        found.append(leaves(small.parameters()))
    found.append(refused(lambda: Model().save_weights("weights.txt")))
    return found


def weights():
    layer = nn.Linear(2, 3)
    layer.load_weights([("weight", mx.ones((3, 2))), ("bias", mx.zeros((3,)))])
    found = [leaves(layer.parameters())]
    layer.load_weights([("bias", mx.ones((3,)))], strict=False)
    found.append(leaves(layer.parameters()))
    found.append(refused(lambda: layer.load_weights([("bias", mx.ones((3,)))])))
    found.append(refused(lambda: layer.load_weights([("weight", mx.ones((3, 2))), ("bias", mx.ones((4,)))])))
    found.append(
        refused(
            lambda: layer.load_weights(
                [("weight", mx.ones((3, 2))), ("bias", mx.ones((3,))), ("b", mx.ones((1,)))], strict=True
            )
        )
    )
    return found


def gradients():
    model = Model()
    model.freeze(keys="bias")
    x = mx.array([1, 2, 3])

    def loss(model, x, power=2):
        return (model(x) ** power).mean(), model(x).sum()

    step = nn.value_and_grad(model, loss)
    (value, extra), slopes = step(model, x, power=4)
    return [bits(value), bits(extra), leaves(slopes)]


def checkpointed():
    model = Block(4)
    x = normal(2, 4)
    found = []
    for run in (checkpoint(model), checkpoint(model, fn=lambda x: total(model(x)))):
        loss = lambda model, x: total(run(x))  # noqa: E731, B023
        value, slopes = nn.value_and_grad(model, loss)(model, x)
        found.append([bits(value), leaves(slopes)])
    return found


def averaging():
    slopes = {"a": normal(3), "b": [normal(2, 2)]}
    group = mx.distributed.init()
    return [
        leaves(nn.average_gradients(slopes)),
        leaves(
            nn.average_gradients(
                slopes,
                group=group,
                all_reduce_size=8,
                communication_stream=mx.default_stream(mx.default_device()),
            )
        ),
        leaves(clip_grad_norm_sharded(slopes, max_norm=0.5)),
        leaves(clip_grad_norm_sharded(slopes, 0.5, group=group)),
    ]


def sharding():
    """A group of one keeps whole layers; the classes and the parameters are what counts."""
    group = mx.distributed.init()
    linear = nn.Linear(128, 32)
    quantized = nn.QuantizedLinear(128, 32)
    found = []
    for layer in (linear, quantized):
        for kind in ("all-to-sharded", "sharded-to-all"):
            sharded = shard_linear(layer, kind, segments=2, group=group)
            found.append([repr(sharded), leaves(sharded.parameters()), bits(sharded(normal(1, 128)))])
    block = Block(4)
    shard_inplace(block.linear, "all-to-sharded", segments=[0.5], group=group)
    found.append(leaves(block.parameters()))
    shard_inplace(block.linear, lambda path, weight: (-1, 2), group=group)
    found.append(leaves(block.parameters()))
    found.append(refused(lambda: shard_linear(linear, "sideways")))
    whole = nn.fully_shard(nn.Linear(4, 2), group=group, compute_dtype=mx.bfloat16)
    found.append([repr(whole), leaves(whole.parameters()), bits(whole(normal(1, 4)))])
    table = nn.FullyShardedModule(nn.Embedding(5, 4))
    found.append([repr(table), bits(table.as_linear(normal(1, 4)))])
    return found


class Big(nn.Module):
    """Large enough for groups of 64."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(8, 64)
        self.layers = [nn.Linear(64, 64), nn.Linear(64, 32, bias=False)]
        self.norm = nn.RMSNorm(32)

    def __call__(self, x):
        x = self.table(x)
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


def quantized(**keywords):
    model = Big()
    nn.quantize(model, **keywords)
    return [repr(model), leaves(model.parameters()), trainable(model), bits(model(mx.array([1, 2])))]


def quantized_layers():
    linear, table = nn.Linear(64, 32), nn.Embedding(8, 64)
    x = normal(2, 64)
    found = []
    for layer in (
        nn.QuantizedLinear.from_linear(linear),
        nn.QuantizedLinear.from_linear(linear, group_size=32, bits=8, mode="affine"),
        linear.to_quantized(),
        linear.to_quantized(group_size=32, bits=2),
        linear.to_quantized(mode="mxfp4"),
    ):
        found.append([repr(layer), leaves(layer.parameters()), bits(layer(x))])
    for layer in (
        nn.QuantizedEmbedding.from_embedding(table),
        nn.QuantizedEmbedding.from_embedding(table, group_size=32, bits=8, mode="affine"),
        table.to_quantized(),
        table.to_quantized(group_size=32, bits=2),
        table.to_quantized(mode="mxfp8"),
    ):
        found.append([repr(layer), leaves(layer.parameters()), bits(layer.as_linear(x))])
    found.append(bits(table.as_linear(x)))
    found.append(refused(lambda: linear.to_quantized(quantize_input=True)))
    return found


def quantized_inputs():
    """Layers that quantize what they get, too. Their product exists on a GPU only."""
    linear = nn.Linear(64, 32, bias=False)
    found = []
    for layer in (
        nn.QQLinear(64, 32),
        nn.QQLinear(64, 32, group_size=32, bits=8, mode="mxfp8"),
        nn.QQLinear.from_linear(linear, group_size=16, bits=4, mode="nvfp4"),
        nn.QQLinear.from_linear(linear, 32, 8, "mxfp8"),
        linear.to_quantized(mode="nvfp4", quantize_input=True),
    ):
        found.append([repr(layer), leaves(layer.parameters()), trainable(layer)])
        layer.dequantize()
        found.append(leaves(layer.parameters()))
        layer.quantize()
        found.append(leaves(layer.parameters()))
        layer.eval()
        found.append(leaves(layer.parameters()))
        layer.train()
        found.append([leaves(layer.parameters()), trainable(layer)])
    model = nn.Sequential(nn.Linear(64, 32, bias=False), nn.ReLU())
    nn.quantize(model, mode="nvfp4", quantize_input=True)
    return [*found, repr(model), leaves(model.parameters())]


def positions():
    return [
        bits(nn.ALiBi.create_alibi_matrix(3, 4, 2)),
        bits(nn.ALiBi.create_alibi_matrix(3, 4, 2, offset=1, dtype=mx.float16)),
        bits(nn.ALiBi.create_alibi_slope(6)),
        bits(nn.MultiHeadAttention.create_additive_causal_mask(3, dtype=mx.float16)),
    ]


def compiled_state():
    """A training step whose captured state is the model, the optimizer and the random numbers."""
    model = Model()
    optimizer = optim.AdamW(learning_rate=optim.cosine_decay(0.1, 10))
    state = [model.state, optimizer.state, mx.random.state]
    slopes = nn.value_and_grad(model, lambda model, x: total(model(x)))

    def step(x):
        loss, gradients = slopes(model, x)
        optimizer.update(model, gradients)
        return loss

    compiled = mx.compile(step, inputs=state, outputs=state)
    found = []
    for _ in range(4):
        found.append(bits(compiled(mx.array([0, 1, 2]))))
    mx.eval(state)
    return [found, leaves(model.parameters()), leaves(optimizer.state)]


CASES = [
    structure,
    attributes,
    freezing,
    always_frozen,
    modes,
    applying,
    updating,
    replacing,
    mapping,
    dtypes,
    files,
    weights,
    gradients,
    checkpointed,
    averaging,
    sharding,
    lambda: quantized(),
    lambda: quantized(group_size=32, bits=8),
    lambda: quantized(mode="mxfp4", class_predicate=lambda name, module: isinstance(module, nn.Linear)),
    lambda: quantized(
        class_predicate=lambda name, module: {"group_size": 32, "bits": 2} if name == "layers.0" else False
    ),
    lambda: refused(lambda: quantized(mode="affine", quantize_input=True)),
    quantized_layers,
    quantized_inputs,
    positions,
    compiled_state,
    lambda: leaves(tree_map(lambda x: x * 2, Model().parameters())),
]
