import * as py from 'mlx/python';
import { core as mx, nn, optimizers as optim } from 'mlx';
mx.random.seed(1);
export let model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
export const optimizer = new optim.AdamW({ learning_rate: 0.05, weight_decay: 0 });
export let x = mx.random.normal([16, 2]);
export let y = x.sum({ axis: 1, keepdims: true });
const LOSS_FN = py.signature('loss_fn(model, x, y)');

export function loss_fn(model, x, y) {
  const named = py.keywords(LOSS_FN, arguments);
  if (named) ({ model, x, y } = named);
  return nn.losses.mse_loss(model(x), y);
}

export const step = nn.value_and_grad(model, loss_fn);
export let _, grads, loss;
for (_ of py.range(5)) {
  [loss, grads] = py.unpack(step(model, x, y), 2);
  optimizer.update(model, grads);
  mx.eval(model.parameters(), optimizer.state);
  py.print(loss.item());
}
//# sourceMappingURL=training.js.map
