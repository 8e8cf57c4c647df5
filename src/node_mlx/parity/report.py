"""docs/parity.md and the table on the terminal.

Input: the checklist, the verdicts and the decisions. Output: text. The document holds nothing that changes
from run to run (no times, no dates), so that a difference in it is a difference in what is proven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from node_mlx.decisions import Decisions
from node_mlx.parity.checklist import Item
from node_mlx.parity.dtypes import CATEGORIES, DTYPES, promote
from node_mlx.parity.judge import State, Verdict
from node_mlx.parity.recipes import precision
from node_mlx.surface import Surface

COLUMNS = ("cases", "equal", "different", "not bound")
SHORT = {"bool": "bool", "bfloat16": "bf16", "complex64": "c64"}


def counts_of(counts: Counter[State]) -> tuple[int, int, int, int]:
    """Cases that count (those that end Python itself do not), and how they went."""
    states = (State.EQUAL, State.DIFFERENT, State.NOT_BOUND)
    equal, different, not_bound = (counts[state] for state in states)
    return equal + different + not_bound, equal, different, not_bound


def by_topic(verdicts: Sequence[Verdict]) -> dict[str, Counter[State]]:
    topics: dict[str, Counter[State]] = {}
    for verdict in verdicts:
        topics.setdefault(verdict.case.topic, Counter())[verdict.state] += 1
    return topics


def text_table(rows: Sequence[tuple[str, Counter[State]]]) -> str:
    """Aligned columns for a terminal, with a total."""
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"{'function':{width}}" + "".join(f"{column:>11}" for column in COLUMNS)]
    total: Counter[State] = Counter()
    for name, counts in rows:
        total += counts
        lines.append(f"{name:{width}}" + "".join(f"{count:>11,}" for count in counts_of(counts)))
    lines.append(f"{'all':{width}}" + "".join(f"{count:>11,}" for count in counts_of(total)))
    return "\n".join(lines)


def difference_lines(verdicts: Sequence[Verdict], per_function: int = 3) -> Iterator[str]:
    """A few lines for every function that has any."""
    shown: Counter[str] = Counter()
    for verdict in verdicts:
        if verdict.state in (State.DIFFERENT, State.NOT_BOUND):
            shown[verdict.case.function] += 1
            if shown[verdict.case.function] <= per_function:
                yield f"{verdict.case.id}: {verdict.difference}"
    for function, count in shown.items():
        if count > per_function:
            yield f"{function}: {count - per_function} more"


def document(
    surface: Surface, items: Sequence[Item], verdicts: Sequence[Verdict], decisions: Decisions
) -> str:
    sections = (
        _summary(surface, items, verdicts),
        _topics(verdicts),
        _precision(verdicts),
        _checklist(items),
        _left_out(items),
        _allowances(decisions),
        _dropped(verdicts),
    )
    return "\n\n".join(section for section in sections if section) + "\n"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]], numbers: int = 0) -> str:
    """The last `numbers` columns are aligned to the right."""
    lines = ["---"] * (len(heads) - numbers) + ["---:"] * numbers
    return "\n".join([_row(*heads), _row(*lines), *(_row(*row) for row in rows)])


def _summary(surface: Surface, items: Sequence[Item], verdicts: Sequence[Verdict]) -> str:
    cases, equal, different, not_bound = counts_of(Counter(verdict.state for verdict in verdicts))
    statuses = Counter(item.status for item in items)
    listed = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    return f"""# Parity with Python MLX {surface.mlx_version}

Written by `node-mlx parity`. Every case is run in Python and in Node on the CPU; dtype, shape and bits of the
results must be equal, NaN payloads included, and a wrong call must raise an error of the same class.

**{cases:,} cases: {equal:,} equal, {different:,} different, {not_bound:,} not bound.**
{len(items)} items of the surface: {listed}."""


def _topics(verdicts: Sequence[Verdict]) -> str:
    rows = [(topic, *counts_of(counts)) for topic, counts in by_topic(verdicts).items()]
    return "## Topics\n\n" + _table(("topic", *COLUMNS), rows, numbers=4)


def _short(dtype: str) -> str:
    return SHORT.get(dtype, dtype.replace("uint", "u").replace("int", "i").replace("float", "f"))


def _precision(verdicts: Sequence[Verdict]) -> str:
    """What was checked against rules computed without MLX, and the tables those rules give."""
    ruled = [verdict for verdict in verdicts if verdict.case.expected is not None]
    if not ruled:
        return ""
    counts: dict[str, Counter[State]] = {}
    for verdict in ruled:
        counts.setdefault(precision.kind_of(verdict.case), Counter())[verdict.state] += 1
    rows = [(kind, *counts_of(states)[:3]) for kind, states in counts.items()]
    heads = ("checked against integer arithmetic", "cases", "hold on both sides", "broken")
    promotion = [(f"**{_short(a)}**", *(_short(promote(a, b)) for b in DTYPES)) for a in DTYPES]
    categories = [(_short(key), CATEGORIES[key]) for key in DTYPES]
    return "\n\n".join(
        (
            "## Dtypes and precision",
            _table(heads, rows, numbers=3),
            "Promotion of every pair of dtypes, which `result_type`, `add`, `subtract`, `multiply`,\n"
            "`minimum` and `maximum` follow:",
            _table(("", *(_short(key) for key in DTYPES)), promotion),
            _table(("dtype", "category"), categories),
        )
    )


def _checklist(items: Sequence[Item]) -> str:
    parts = ["## Every item of the surface"]
    modules: dict[str, list[Item]] = {}
    for item in items:
        modules.setdefault(_section_of(item), []).append(item)
    for name, members in modules.items():
        rows = [
            (f"`{item.name.removeprefix(name + '.')}`", item.kind, item.status, *counts_of(item.counts))
            for item in members
        ]
        parts.append(f"### {name}\n\n" + _table(("name", "kind", "status", *COLUMNS), rows, numbers=4))
    return "\n\n".join(parts)


def _section_of(item: Item) -> str:
    """Module of the item; the array class has a section of its own."""
    if item.name.startswith("mlx.core.array."):
        return "mlx.core.array"
    words = item.name.split(".")
    return (
        ".".join(words[:3])
        if len(words) > 3 and words[2].islower() and words[2] in SUBMODULES
        else "mlx.core"
    )


SUBMODULES = ("random", "fft", "linalg", "fast", "distributed", "metal", "cuda")


def _left_out(items: Sequence[Item]) -> str:
    rows = [(f"`{item.name}`", item.status, item.decision.reason) for item in items if item.decision]
    return "## Left out\n\n" + _table(("name", "status", "reason"), rows) if rows else ""


def _allowances(decisions: Decisions) -> str:
    rows = []
    for section in ("exclude", "error", "tolerance"):
        for entry in decisions.section(f"parity.{section}").entries:
            fields = ", ".join(f"{key} = {value}" for key, value in entry.fields.items())
            names = ", ".join(f"`{name}`" for name in entry.names)
            rows.append((section, names, fields, entry.reason))
    if not rows:
        return "## Allowed differences\n\nNone."
    return "## Allowed differences\n\n" + _table(("kind", "names", "what", "reason"), rows)


def _dropped(verdicts: Sequence[Verdict]) -> str:
    rows = [
        (f"`{verdict.case.id}`", verdict.difference) for verdict in verdicts if verdict.state is State.DROPPED
    ]
    if not rows:
        return ""
    return "## Dropped cases\n\n" + _table(("case", "why"), rows)
