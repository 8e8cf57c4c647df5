"""The part of docs/PORTING.md that says what these tests show: cases, architectures, and what is left out.

python -m tests.compile.shown        writes it anew; a test compares it
"""

from __future__ import annotations

from node_mlx.project import ROOT
from tests.compile import goldens
from tests.compile.mlx_lm.configurations import NOT_MADE, NOT_RUN
from tests.compile.programs_on_both_sides import labels
from tests.compile.test_arguments_covered import ENTRIES
from tests.compile.test_mlx_lm import FILES, NAMES, NEED_NUMPY

DOCUMENT = ROOT / "docs" / "PORTING.md"
BEGIN, END = "<!-- shown -->\n", "<!-- /shown -->\n"

PROGRAMS = {
    "modules": "modules of `mlx.nn`: text, state, values, gradients, evaluation mode",
    "functions": "activations, losses and initializers, with gradients",
    "optimizers": "optimizers and schedules: parameters and state after every step",
    "module_methods": "methods of `nn.Module`, files, quantization, sharding, checkpoints",
    "trees": "`mlx.utils`",
    "training": "ten steps of an MLP, a CNN, an LSTM and a transformer, eager and compiled",
}


def without(names: dict[str, str], *parts: str) -> list[str]:
    return [name for name in NAMES if name not in names or names[name] not in parts]


def text() -> str:
    parameters = without(NEED_NUMPY, "parameters")
    results = [name for name in without(NEED_NUMPY, "parameters", "results") if name not in NOT_RUN]
    numpy = dict.fromkeys(NEED_NUMPY, "its Python calls NumPy, which compiled code has not")
    lines = [
        "| compiled and run on both sides | cases |",
        "|---|---:|",
        f"| programs of Python's language: what they print | {len(goldens.cases())} |",
        *(f"| {title} | {len(labels(name))} |" for name, title in PROGRAMS.items()),
        f"| architectures of `mlx_lm`: names, shapes and dtypes of the parameters | {len(parameters)} |",
        f"| architectures of `mlx_lm`: a prompt, with a cache, and one more token | {len(results)} |",
        "",
        f"The cases use {len(ENTRIES)} public classes, functions and methods, and each of their arguments",
        f"with another value than its default. All {FILES} files of `mlx_lm.models` compile.",
        "",
        "| left out | because |",
        "|---|---|",
        *(f"| results of `{name}` | {reason} |" for name, reason in sorted(NOT_RUN.items())),
        *(f"| {NEED_NUMPY[name]} of `{name}` | {reason} |" for name, reason in sorted(numpy.items())),
        *(f"| `{name}` | {reason} |" for name, reason in sorted(NOT_MADE.items())),
        "",
        f"The architectures with equal results: {', '.join(results)}.",
    ]
    return "\n".join(lines) + "\n"


def whole() -> str:
    """The document with this part anew."""
    before, begin, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"{DOCUMENT.name} has no part that is marked as shown"
    return f"{before}{begin}{text()}{end}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(whole(), encoding="utf-8")
