"""The packages as a user gets them: installed from tarballs, outside the repository, with Node alone."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from node_mlx.pack.manifest import version
from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project

ADD_ONE = "console.log(JSON.stringify(mx.array([1, 2, 3]).add(1).tolist()))"


def test_require(project: Project) -> None:
    assert project.output(f"const mx = require('mlx').core; {ADD_ONE}") == "[2,3,4]"


def test_import(project: Project) -> None:
    assert project.output(f"import {{ core as mx }} from 'mlx'; {ADD_ONE}", esm=True) == "[2,3,4]"


def test_import_and_require_give_one_instance(project: Project) -> None:
    source = """
        import { createRequire } from 'node:module';
        import mlx, * as names from 'mlx';
        const required = createRequire(import.meta.url)('mlx');
        const different = Object.keys(names).filter((name) => names[name] !== required[name]);
        console.log(JSON.stringify({ same: mlx === required, core: 'core' in names, different }));
    """
    seen = json.loads(project.output(source, esm=True))
    assert seen == {"same": True, "core": True, "different": []}


def test_package_json_can_be_read(project: Project) -> None:
    assert project.output("console.log(require('mlx/package.json').name)") == "@node-mlx/mlx"


def test_matrix_product_and_factorisation_find_the_bundled_libraries(project: Project) -> None:
    source = """
        const mx = require('mlx').core;
        const a = mx.array([[4, 2], [2, 3]], mx.float32);
        const l = mx.linalg.cholesky(a, { stream: mx.cpu });
        console.log(JSON.stringify(mx.matmul(l, l.T).round().tolist()));
    """
    assert json.loads(project.output(source)) == [[4, 2], [2, 3]]


def test_workers_load_their_own_instance(project: Project) -> None:
    source = """
        const { Worker, isMainThread, parentPort } = require('node:worker_threads');
        const mx = require('mlx').core;
        const value = mx.array([1, 2, 3]).add(1).tolist();
        if (!isMainThread) parentPort.postMessage(value);
        else new Worker(__filename).on('message', (other) => console.log(JSON.stringify([value, other])));
    """
    assert json.loads(project.output(source)) == [[2, 3, 4], [2, 3, 4]]


def test_packages_are_loaded_on_first_use(project: Project) -> None:
    script = """
        const mlx = require('mlx');
        const loaded = () => Object.keys(require.cache).some((file) => file.endsWith('packages.cjs'));
        const names = ['nn', 'optimizers', 'utils'].map((name) => Object.keys(mlx[name]).sort());
        const before = loaded();
        const layer = new mlx.nn.Linear(2, 3);
        const same = ['nn', 'optimizers', 'utils'].map((name, i) => {
            const module = require('mlx/' + name);
            return Object.keys(module).sort().join() === names[i].join() && names[i].every((key) =>
                typeof module[key] === 'object' || module[key] === mlx[name][key]);
        });
        console.log(JSON.stringify([before, loaded(), layer instanceof mlx.nn.Module, ...same]));
    """
    assert json.loads(project.output(script)) == [False, True, True, True, True, True]


def test_two_versions_side_by_side(project: Project) -> None:
    """A second copy with its own platform package, as a dependency on another version brings it."""
    modules = project.folder / "node_modules"
    other = modules / "other" / "node_modules"
    for name in ("mlx", host_platform().package):
        shutil.copytree(modules / name, other / name)
    # The version is in the code, too: the two halves of a copy are compared by it.
    for file in [*other.rglob("package.json"), *other.rglob("*.cjs")]:
        file.write_text(file.read_text().replace(f'"{version()}"', '"9.9.9"'))
    (modules / "other" / "package.json").write_text("{}")
    script = """
        const { createRequire } = require('node:module');
        const first = require('mlx');
        const second = createRequire(require.resolve('other/package.json'))('mlx');
        const sum = (mlx) => mlx.core.sum(mlx.core.array([1, 2, 3])).item();
        let refused;
        try { first.core.add(second.core.array([1]), 1); } catch (error) { refused = error.name; }
        console.log(JSON.stringify([first === second, sum(first), sum(second), refused]));
    """
    assert json.loads(project.output(script)) == [False, 6, 6, "ValueError"]


# How many threads OpenBLAS starts, in a process that may use so many processors.
THREADS = """
const { readdirSync } = require('node:fs');
const { isMainThread, Worker } = require('node:worker_threads');
require('node:os').availableParallelism = () => Number(process.env.PROCESSORS);
if (isMainThread && process.env.IN_WORKER) new Worker(__filename);
else {
  const threads = () => readdirSync('/proc/self/task').length;
  const before = threads();
  require('mlx');
  console.log(threads() - before);
}
"""


@pytest.mark.parametrize("place", ["", "1"], ids=["main thread", "worker"])
def test_openblas_uses_the_processors_that_the_process_may(project: Project, place: str) -> None:
    assert len(os.sched_getaffinity(0)) > 1
    one = int(project.output(THREADS, PROCESSORS="1", IN_WORKER=place))
    two = int(project.output(THREADS, PROCESSORS="2", IN_WORKER=place))
    told = int(project.output(THREADS, PROCESSORS="2", IN_WORKER=place, OPENBLAS_NUM_THREADS="1"))
    assert (two, told) == (one + 1, one)
