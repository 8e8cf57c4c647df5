"""Makes each architecture and runs it: parameters, a forward pass, and two with a cache, as JSON.

Input: JSON on stdin, {name: configuration}. A model that fails has its traceback as the result; `error` in
"results" alone means that only running it failed. architectures.mjs does the same in Node.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import sys
import traceback
import types
from typing import Any

import mlx.core as mx
import numpy as np

tree_flatten: Any = importlib.import_module("mlx.utils").tree_flatten


def import_models() -> None:
    """mlx_lm without its `__init__`, which needs packages that models do not."""
    spec = importlib.util.find_spec("mlx_lm")
    assert spec is not None and spec.submodule_search_locations is not None
    package = types.ModuleType("mlx_lm")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["mlx_lm"] = package


def shown(array: mx.array) -> list[Any]:
    """dtype, shape, and a digest of the values as float32, which holds each dtype of a result exactly."""
    values = np.array(array.astype(mx.float32))
    return [str(array.dtype), list(array.shape), hashlib.sha256(values.tobytes()).hexdigest()]


def attempt(make: Any) -> Any:
    try:
        return make()
    except (Exception, SystemExit):
        return {"error": traceback.format_exc()}


def results(model: Any) -> list[Any]:
    cache_module: Any = importlib.import_module("mlx_lm.models.cache")
    prompt = mx.array([[1, 5, 2, 7, 3]])
    cache = cache_module.make_prompt_cache(model)
    passes = [model(prompt), model(prompt, cache=cache), model(mx.array([[4]]), cache=cache)]
    return [shown(scores) for scores in passes]


def facts(name: str, configuration: dict[str, Any]) -> Any:
    module: Any = importlib.import_module(f"mlx_lm.models.{name}")
    mx.random.seed(0)
    model = module.Model(module.ModelArgs.from_dict(configuration))
    flat = tree_flatten(model.parameters())
    parameters = [[key, list(value.shape), str(value.dtype)] for key, value in flat]
    return {"parameters": parameters, "results": attempt(lambda: results(model))}


import_models()
found = {
    name: attempt(lambda: facts(name, configuration))  # noqa: B023
    for name, configuration in json.load(sys.stdin).items()
}
json.dump(found, sys.stdout)
