"""A TypeScript project that uses the installed package type-checks, whichever way it resolves modules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from node_mlx.project import ROOT
from tests.pack.installed import Project

TSC = ROOT / "node_modules" / ".bin" / "tsc"
FLAVOURS = {
    "node16": {"module": "node16", "moduleResolution": "node16"},
    "bundler": {"module": "esnext", "moduleResolution": "bundler"},
}
GOOD = """
import mlx, { core as mx } from 'mlx';

const a = mx.array([1, 2, 3]);
const shape: number[] = a.shape;
const sum = mx.sum(a, { axis: 0, keepdims: true });
const same: boolean = mlx.core.float32 === mx.float32;
const list = a.add(sum).tolist();
export { list, same, shape };
"""
# The second argument of sum is no text: the types must not be `any`.
BAD = "import { core as mx } from 'mlx';\nmx.sum(mx.array([1]), 'zero');\n"
COMMONJS = """
import mlx = require('mlx');

export const dtype: string = String(mlx.core.array([1, 2, 3]).dtype);
"""


def check(project: Project, flavour: str, name: str, source: str) -> subprocess.CompletedProcess[str]:
    folder = project.folder / "typed" / flavour / Path(name).stem
    folder.mkdir(parents=True)
    options = {
        **FLAVOURS[flavour],
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "lib": ["es2023", "esnext.disposable"],
        "types": ["node"],
        "typeRoots": [str(ROOT / "node_modules" / "@types")],
        "skipLibCheck": False,
    }
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": [name]}))
    (folder / name).write_text(source)
    return subprocess.run([TSC, "-p", folder], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_module(project: Project, flavour: str) -> None:
    done = check(project, flavour, "good.mts", GOOD)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_wrong_argument_is_an_error(project: Project, flavour: str) -> None:
    done = check(project, flavour, "bad.mts", BAD)
    assert done.returncode != 0
    assert "bad.mts(2," in done.stdout


def test_commonjs(project: Project) -> None:
    done = check(project, "node16", "required.cts", COMMONJS)
    assert done.returncode == 0, done.stdout
