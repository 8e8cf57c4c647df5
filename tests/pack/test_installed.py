"""The packages as a user gets them: installed from tarballs, outside the repository, with Node alone."""

from __future__ import annotations

import json

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
