"""Both runners on real cases, and runners that crash, hang or do not start."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from node_mlx.parity import processes, values
from node_mlx.parity.case import Case, Step, write_cases
from node_mlx.parity.compare import compare_outcomes
from node_mlx.parity.data import special_floats, special_patterns
from node_mlx.parity.dtypes import DTYPES, FLOATS, encode, encode_bits
from node_mlx.parity.processes import Runner, RunnerFailed, run_cases
from node_mlx.parity.run import run_both, unstable_cases
from node_mlx.parity.values import Value


def case(name: str, *steps: Step, phase: int = 1) -> Case:
    return Case(name, name, "test", steps, phase=phase)


def identity(name: str, value: Value) -> Case:
    return case(name, Step("identity", (value,)))


def argument_values() -> list[tuple[str, Value]]:
    """Arguments that come out as they went in."""
    found = [
        ("list", values.sequence([values.TRUE, values.NONE, values.string("ä\n\0")])),
        ("dict", values.mapping({"a": values.integer(1), "é": values.sequence([])})),
        ("bytes", values.raw(bytes(range(256)))),
        ("dtype", values.dtype("bfloat16")),
    ]
    found += [(f"int {n}", values.integer(n)) for n in (0, -1, 2**53 - 1, 2**53 + 1, -(2**63), 2**64)]
    found += [(f"float {i}", values.floating(n)) for i, n in enumerate(special_floats()) if n != n // 1]
    for dtype in DTYPES:
        data = b"".join(encode(dtype, n) for n in (1, 0, 3, 1, 1, 2))
        for layout in (None, *values.LAYOUTS):
            found.append((f"{dtype} {layout}", values.array(dtype, (2, 3), data, layout)))
        found.append((f"{dtype} scalar", values.array(dtype, (), encode(dtype, 1))))
        found.append((f"{dtype} empty", values.array(dtype, (0, 3), b"")))
    for dtype in FLOATS:
        patterns = special_patterns(dtype)
        data = b"".join(encode_bits(dtype, pattern) for pattern in patterns)
        found.append((f"{dtype} specials", values.array(dtype, (len(patterns),), data)))
    return found


def test_arguments_come_back_with_equal_bits_on_both_sides(tmp_path: Path) -> None:
    given = argument_values()
    python, node = run_both([identity(name, value) for name, value in given], tmp_path)
    for name, value in given:
        assert compare_outcomes(python[name], node[name]) is None, name
        if "array" in value:
            fields = {key: value["array"][key] for key in ("dtype", "shape", "data")}
            assert python[name].results == ({"array": fields},), name


def test_a_wrong_result_of_node_is_reported(tmp_path: Path) -> None:
    """The same call on other data stands for a kernel that computes something else."""
    left, right = (values.array("float32", (1,), encode("float32", n)) for n in (1.0, 1.0000001))
    good, wrong = (case("sum", Step("mlx.core.sum", (array,))) for array in (left, right))
    python, _ = run_both([good], tmp_path / "good")
    _, node = run_both([wrong], tmp_path / "wrong")
    assert "0x3f800000 became 0x3f800001" in (compare_outcomes(python["sum"], node["sum"]) or "")


def test_errors_and_their_classes_arrive(tmp_path: Path) -> None:
    array = values.array("float32", (2,), bytes(8))
    call = case("axis", Step("mlx.core.sum", (array, values.integer(5))))
    python, node = run_both([call], tmp_path)
    assert python["axis"].results[0]["error"]["name"] == "IndexError"
    assert compare_outcomes(python["axis"], node["axis"]) is None


def test_later_phases_read_what_the_other_side_wrote(tmp_path: Path) -> None:
    write = case("write", Step("write_file", (values.path("x.bin"), values.raw(b"abc"))))
    read = case("read", Step("read_file", (values.path("x.bin", other_side=True),)), phase=2)
    python, node = run_both([write, read], tmp_path)
    assert python["read"].results == node["read"].results == (values.raw(b"abc"),)


def test_missing_functions_are_not_bound(tmp_path: Path) -> None:
    _, node = run_both([case("none", Step("mlx.core.no_such_function"))], tmp_path)
    assert node["none"].results == ({"unbound": "mlx.core.no_such_function"},)


def test_cases_that_depend_on_memory_are_found(tmp_path: Path) -> None:
    stable = identity("stable", values.integer(1))
    stream = Step("mlx.core.new_stream", (values.name("mlx.core.cpu"),))
    # The number of the stream tells how many were made before.
    counting = [case(f"stream {n}", stream) for n in range(2)]
    assert [found.id for found, _ in unstable_cases([stable, *counting], tmp_path)] == [
        "stream 0",
        "stream 1",
    ]


MISBEHAVING = """
import json, os, signal, sys, time
cases, results, _, _, first, count = sys.argv[1:]
with open(results, "a") as out:
    for line in open(cases).read().splitlines()[int(first):int(first) + int(count)]:
        name = json.loads(line)["id"]
        if name == "crash":
            out.write('{"id": "cra')
            out.flush()
            os.kill(os.getpid(), signal.SIGSEGV)
        if name == "hang":
            time.sleep(60)
        if name == "exit":
            sys.exit(3)
        out.write(json.dumps({"id": name, "results": [{"none": 1}]}) + "\\n")
        out.flush()
"""


def misbehaving(tmp_path: Path) -> Runner:
    script = tmp_path / "runner.py"
    script.write_text(MISBEHAVING)
    return Runner("test", (sys.executable, str(script)), tmp_path / "out", {})


def run_names(runner: Runner, names: list[str]) -> dict[str, str | None]:
    chosen = [identity(name, values.NONE) for name in names]
    file = runner.folder.parent / "cases.jsonl"
    write_cases(chosen, file)
    return {name: found.crash for name, found in run_cases(runner, chosen, file, runner.files, "1").items()}


def test_a_crash_costs_one_case(tmp_path: Path) -> None:
    outcomes = run_names(misbehaving(tmp_path), ["a", "crash", "b", "exit", "c"])
    assert outcomes == {"a": None, "crash": "SIGSEGV", "b": None, "exit": "exit 3", "c": None}


def test_a_hang_costs_one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PATIENCE", 1.0)
    assert run_names(misbehaving(tmp_path), ["a", "hang", "b"]) == {"a": None, "hang": "hang", "b": None}


def test_batches_continue_where_the_last_one_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "BATCH", 2)
    names = ["a", "b", "c", "crash", "d"]
    assert list(run_names(misbehaving(tmp_path), names)) == names


def test_a_runner_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    runner = replace(misbehaving(tmp_path), command=(sys.executable, "-c", "raise SystemExit('no package')"))
    with pytest.raises(RunnerFailed, match="no package"):
        run_names(runner, ["a"])
