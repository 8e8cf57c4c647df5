"""The cases, generated once for all tests that look at them."""

from __future__ import annotations

import pytest

from node_mlx.parity.case import Case
from node_mlx.parity.generate import generate
from node_mlx.surface import read_surface


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    return generate(read_surface())
