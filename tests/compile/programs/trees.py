"""mlx.utils: every function, with every argument at least once."""

from mlx.utils import (
    tree_flatten,
    tree_map,
    tree_map_with_path,
    tree_merge,
    tree_reduce,
    tree_unflatten,
)

from .facts import refused

TREE = {"a": [1, (2, 3)], "b": {"c": {}, "d": [], "e": 4}, "f": 5}


def pair(value):
    return isinstance(value, tuple)


CASES = [
    lambda: repr(tree_map(lambda x: x + 1, TREE)),
    lambda: repr(tree_map(lambda x, y, z: [x, y, z], TREE, TREE, TREE)),
    lambda: repr(tree_map(lambda x: x * 2, TREE, is_leaf=pair)),
    lambda: repr(tree_map(lambda x: x + 1, (1, 2))),
    lambda: repr(tree_map_with_path(lambda path, x: f"{path}={x}", TREE)),
    lambda: repr(tree_map_with_path(lambda path, x, y: f"{path}={x}{y}", TREE, TREE, path="root")),
    lambda: repr(tree_map_with_path(lambda path, x: f"{path}={x}", TREE, is_leaf=pair)),
    lambda: repr(tree_flatten(TREE)),
    lambda: repr(tree_flatten(TREE, prefix=".root")),
    lambda: repr(tree_flatten(TREE, is_leaf=pair)),
    lambda: repr(tree_flatten(TREE, destination={})),
    lambda: repr(tree_flatten(TREE, destination=[("before", 0)])),
    lambda: repr(tree_flatten(7)),
    lambda: refused(lambda: tree_flatten(TREE, destination=3)),
    lambda: repr(tree_unflatten(tree_flatten(TREE))),
    lambda: repr(tree_unflatten([("a.1", 1), ("a.0", 0), ("b.x.y", 2)])),
    lambda: repr(tree_unflatten([("0.b", 1), ("2.a", 2)])),
    lambda: repr(sorted(tree_unflatten([("01", 1), ("1", 2)]).items())),
    lambda: repr(tree_unflatten({"a.b": 1, "a.c": 2})),
    lambda: repr(tree_unflatten([("", 3)])),
    lambda: tree_reduce(lambda total, x: total + x, TREE),
    lambda: tree_reduce(lambda total, x: total + x, TREE, initializer=10),
    lambda: repr(tree_reduce(lambda total, x: total + x, {"a": (1, 2), "b": (3,)}, (), is_leaf=pair)),
    lambda: repr(sorted(tree_merge({"a": 1, "b": {}}, {"b": 2, "c": [3]}).items())),
    lambda: repr(
        tree_merge([1, 2], [3, 4, 5], merge_fn=lambda x, y: x if y is None else (y if x is None else x + y))
    ),
    lambda: repr(tree_merge({}, {})),
    lambda: repr(tree_merge((), (1, 2))),
    lambda: refused(lambda: tree_merge({"a": 1}, {"a": 2})),
    lambda: refused(lambda: tree_merge({}, [])),
]
