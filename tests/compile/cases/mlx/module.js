import * as py from 'mlx/python';
import { core as mx, nn } from 'mlx';
const MLP_INIT = py.signature('MLP(dims: int, hidden: int = 4)');
const MLP_CALL = py.signature('MLP.__call__(x: mx.array)');

/** Two layers. */
export class MLP extends nn.Module {
  __init__(dims, hidden = 4) {
    const named = py.keywords(MLP_INIT, arguments);
    if (named) ({ dims, hidden = 4 } = named);
    super.__init__();
    this.layers = [new nn.Linear(dims, hidden), new nn.Linear(hidden, dims, { bias: false })];
    this.scale = 0.5;
    this.norm = new nn.RMSNorm(dims);
  }

  __call__(x) {
    const named = py.keywords(MLP_CALL, arguments);
    if (named) ({ x } = named);
    for (const layer of this.layers) {
      x = nn.relu(layer(x));
    }
    return py.mul(this.norm(x), this.scale);
  }
}

mx.random.seed(0);
export const model = new MLP(3);
py.print(model);
py.print(
  model(mx.ones([1, 3])),
  [...py.iter(model.parameters())],
  py.contains(model, 'norm'),
  py.tuple(model.norm.weight.shape),
);
py.print(py.len(model.modules()), py.bool(new nn.ReLU()), model.training, model.eval().training);
//# sourceMappingURL=module.js.map
