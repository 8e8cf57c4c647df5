"""A TypeScript project that uses the installed package type-checks, whichever way it resolves modules."""

from __future__ import annotations

import json
import re
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
import { withMLX } from 'mlx/next';
import { type MLXStream, streamSSE, toPlain, useMLXStream } from 'mlx/react';

const a = mx.array([1, 2, 3]);
const shape: number[] = a.shape;
const sum = mx.sum(a, { axis: 0, keepdims: true });
const same: boolean = mlx.core.float32 === mx.float32;
const list = a.add(sum).tolist();
const response: Response = streamSSE([a], { signal: AbortSignal.timeout(1000), arrays: 'typed' });
const stream: MLXStream<number, string> = useMLXStream<number, string>('/api', { auto: true, keep: 5 });
const last: number | undefined = stream.last;
const config: { reactStrictMode: boolean } = withMLX({ reactStrictMode: true });
const plain: Promise<number[]> = toPlain(a);
export { config, last, list, plain, response, same, shape };
"""
MODEL = """
import { core as mx, nn, optimizers, utils } from 'mlx';

class MLP extends nn.Module {
  up = new nn.Linear(2, 8);
  down = new nn.Linear(8, 1, { bias: false });
  override __call__(x: mx.array, scale = 1) {
    return this.down(nn.gelu(this.up({ x }))).multiply(scale);
  }
}

const model = new MLP();
const out: mx.array = model(mx.zeros([3, 2]), 2);
const layers: nn.Module[] = [model, model.up];
layers[0]!(out, 'whatever it takes');
const loss = (model: MLP, x: mx.array): mx.array => nn.losses.mse_loss(model(x), out);
const [value, gradients] = nn.value_and_grad(model, loss)(model, mx.zeros([3, 2]));
const optimizer = new optimizers.AdamW({ learning_rate: optimizers.cosine_decay(0.1, 10) });
optimizer.update(model, gradients);
mx.eval(value, model.parameters(), optimizer.state);
model.freeze({ recurse: false }).train(false);
export const names = utils.tree_flatten(model.parameters()) as [string, mx.array][];
"""
BAD_MODEL = """
import { core as mx, nn } from 'mlx';

new nn.Linear('two', 8);
new nn.Linear(2, 8, { bais: true });
nn.losses.mse_loss(mx.zeros([1]), mx.zeros([1]), { reduction: 'median' });
nn.mish('text');

class Half extends nn.Module {
  override __call__(x: mx.array): mx.array {
    return x.divide(2);
  }
}
const linear = new nn.Linear(2, 3);
linear();
linear('x');
linear(mx.zeros([1]), 2);
linear(mx.zeros([1])) satisfies number;
new Half()();
new Half()('x');
new Half()(mx.zeros([1])) satisfies number;
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


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_model(project: Project, flavour: str) -> None:
    done = check(project, flavour, "model.mts", MODEL)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_wrong_model(project: Project, flavour: str) -> None:
    done = check(project, flavour, "bad_model.mts", BAD_MODEL)
    lines = {int(line) for line in re.findall(r"bad_model\.mts\((\d+),", done.stdout)}
    assert lines == {4, 5, 6, 7, *range(15, 22)}, done.stdout


def test_commonjs(project: Project) -> None:
    done = check(project, "node16", "required.cts", COMMONJS)
    assert done.returncode == 0, done.stdout
