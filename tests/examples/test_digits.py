"""The main job's results, as the last `make demo` left them: above 95 %, and both pictures show it."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np

from node_mlx.project import BUILD, ROOT

DIGITS = BUILD / "digits"


def page() -> str:
    return (DIGITS / "predictions.html").read_text(encoding="utf-8")


def correct_answers() -> int:
    found = re.search(r"(\d+) of 360 test digits", page())
    assert found is not None
    return int(found[1])


def test_split_is_fixed_and_complete() -> None:
    sizes = {part: len(np.load(DIGITS / f"{part}_labels.npy")) for part in ("train", "test")}
    assert sizes == {"train": 1437, "test": 360}
    # The first ten test labels: another split would make accuracies incomparable.
    assert np.load(DIGITS / "test_labels.npy")[:10].tolist() == [6, 6, 6, 2, 5, 6, 6, 2, 2, 1]


def test_accuracy_on_the_page() -> None:
    assert correct_answers() / 360 > 0.95


def test_every_mistake_is_marked() -> None:
    wrong = 360 - correct_answers()
    assert page().count('<figure class="wrong">') == wrong
    captions = re.findall(r"<figcaption>(\d), not (\d)</figcaption>", page())
    assert len(captions) == wrong
    assert all(predicted != label for predicted, label in captions)


def test_loss_curve_goes_down() -> None:
    points = re.search(r'<polyline points="([^"]+)"', page())
    assert points is not None
    heights = [float(point.split(",")[1]) for point in points[1].split()]
    assert len(heights) > 1000
    # In SVG y grows downwards.
    assert heights[-1] > heights[0]


def compare(losses: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / "digits" / "compare.py"), str(losses)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_python_has_the_losses_of_node() -> None:
    done = compare(DIGITS / "losses.json")
    assert done.returncode == 0, done.stderr
    assert "all 1350 losses are equal" in done.stdout


def test_another_last_bit_is_seen(tmp_path: Path) -> None:
    node = json.loads((DIGITS / "losses.json").read_text(encoding="utf-8"))
    node["losses"][700] = float(np.nextafter(np.float32(node["losses"][700]), np.float32(1)))
    (tmp_path / "losses.json").write_text(json.dumps(node), encoding="utf-8")
    done = compare(tmp_path / "losses.json")
    assert done.returncode == 1
    assert "differ from step 701 on" in done.stderr


def test_picture_is_a_complete_png() -> None:
    data = (DIGITS / "predictions.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", data[16:24])
    assert width > 900
    assert height > 500
