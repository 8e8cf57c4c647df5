"""Ten training steps of an MLP, a CNN, an LSTM and a transformer: equal parameters after every step."""

from __future__ import annotations

import pytest

from tests.compile.programs_on_both_sides import Results, check, labels, run

LABELS = labels("training")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return run(["training"], tmp_path_factory.mktemp("training"))["training"]


@pytest.mark.parametrize("index", range(len(LABELS)), ids=LABELS)
def test_every_step_has_the_same_bits(results: Results, index: int) -> None:
    check(results, index)
    steps = results.node[index]
    losses = {str(loss) for loss, *_ in steps}
    assert len(steps) == len(losses) == 10, "a step that changes nothing shows nothing"
