"""The charts of docs/benchmarks.md, as SVG in docs/images.

Input: values with the range that their rounds had, or points over time. Output: a file. Only `make bench`
installs matplotlib, so it is imported where a chart is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.report import ROOT

IMAGES = ROOT / "docs" / "images"
ROW = 0.26
COLOURS = ("#3b82c4", "#e08a3c", "#7a9e5f", "#9a6fb0", "#8c8c8c")
# Text stays text, and the same figures give the same file.
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "benchmarks", "font.size": 9}


@dataclass(frozen=True)
class Bar:
    """A median, and the smallest and the largest of its rounds."""

    value: float
    low: float
    high: float


def bars(name: str, title: str, series: Mapping[str, Mapping[str, Bar]], logarithmic: bool = False) -> None:
    """A row per label and a bar per series in it, with error bars; a line where the ratio is 1."""
    plt = _pyplot()
    labels = list(dict.fromkeys(label for found in series.values() for label in found))
    height = 1.2 + ROW * len(labels) * (0.4 + 0.6 * len(series))
    figure, axes = plt.subplots(figsize=(8, height), layout="constrained")
    thick = 0.8 / len(series)
    for number, ((title_of_series, found), colour) in enumerate(zip(series.items(), COLOURS, strict=False)):
        places = [labels.index(label) + (number - (len(series) - 1) / 2) * thick for label in found]
        values = [bar.value for bar in found.values()]
        errors = [
            [max(bar.value - bar.low, 0) for bar in found.values()],
            [max(bar.high - bar.value, 0) for bar in found.values()],
        ]
        axes.barh(places, values, thick, xerr=errors, color=colour, label=title_of_series, ecolor="#222")
    axes.axvline(1, color="#c43b3b", linestyle="--", linewidth=1)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    if logarithmic:
        axes.set_xscale("log")
    _finish(plt, figure, name, title, len(series))


def lines(
    name: str,
    title: str,
    x: str,
    y: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    limits: Mapping[str, float],
) -> None:
    """A line per series of points, and a dashed one per limit."""
    plt = _pyplot()
    figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
    for (label, points), colour in zip(series.items(), COLOURS, strict=False):
        axes.plot(*zip(*points, strict=True), color=colour, label=label, linewidth=1)
    for label, value in limits.items():
        axes.axhline(value, color="#c43b3b", linestyle="--", linewidth=1, label=label)
    axes.set(xlabel=x, ylabel=y, ylim=(0, None))
    _finish(plt, figure, name, title, len(series) + len(limits))


def _pyplot() -> Any:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(STYLE)
    from matplotlib import pyplot

    return pyplot


def _finish(plt: Any, figure: Any, name: str, title: str, entries: int) -> None:
    figure.suptitle(title, fontsize=10)
    if entries > 1:
        figure.legend(loc="outside lower center", ncols=entries, fontsize=8)
    path = IMAGES / f"benchmarks-{name}.svg"
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    # matplotlib leaves spaces at the ends of lines.
    path.write_text("".join(line.rstrip() + "\n" for line in path.read_text().splitlines()))
