"""The recipes, one module per topic. A module has RECIPES, and `cases()` where it writes cases by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from node_mlx.parity.case import Case
from node_mlx.parity.recipe import Recipes
from node_mlx.parity.recipes import (
    array_class,
    convolutions,
    creation,
    distribution,
    dtype_rules,
    elementwise,
    exporting,
    fast,
    fft,
    files,
    gathering,
    indexing,
    linalg,
    precision,
    printing,
    products,
    programs,
    quantization,
    randomness,
    reductions,
    runtime,
    shapes,
    sorting,
    transforms,
)

RECIPES_BY_TOPIC: dict[str, Recipes] = {
    "elementwise": elementwise.RECIPES,
    "reductions": reductions.RECIPES,
    "shapes": shapes.RECIPES,
    "sorting": sorting.RECIPES,
    "creation": creation.RECIPES,
    "gathering": gathering.RECIPES,
    "products": products.RECIPES,
    "convolutions": convolutions.RECIPES,
    "quantization": quantization.RECIPES,
    "linalg": linalg.RECIPES,
    "fft": fft.RECIPES,
    randomness.TOPIC: randomness.RECIPES,
    "fast": fast.RECIPES,
    dtype_rules.TOPIC: dtype_rules.RECIPES,
    array_class.TOPIC: array_class.RECIPES,
    printing.TOPIC: printing.RECIPES,
    runtime.TOPIC: runtime.RECIPES,
    distribution.TOPIC: distribution.RECIPES,
}

HAND_WRITTEN: tuple[Callable[[], Iterator[Case]], ...] = (
    randomness.cases,
    dtype_rules.cases,
    indexing.cases,
    array_class.cases,
    printing.cases,
    files.cases,
    runtime.cases,
    transforms.cases,
    programs.cases,
    exporting.cases,
    distribution.cases,
    precision.cases,
)

PRECISION_TOPICS = (precision.TOPIC, dtype_rules.TOPIC)
