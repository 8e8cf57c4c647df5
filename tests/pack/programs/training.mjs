import { core as mx, nn, optimizers } from 'mlx';

mx.random.seed(1);
const model = new nn.Linear(4, 1);
const x = mx.random.normal([64, 4]);
const y = mx.sum(x, { axis: 1, keepdims: true });
const step = nn.value_and_grad(model, (model, x, y) => nn.losses.mse_loss(model(x), y));
const optimizer = new optimizers.Adam({ learning_rate: 0.1 });
let loss;
for (let i = 0; i < 100; i++) {
  let gradients;
  [loss, gradients] = step(model, x, y);
  optimizer.update(model, gradients);
  await mx.async_eval(model.parameters(), optimizer.state);
}
if (!(loss.item() < 0.1)) throw new Error(`the loss is ${loss.item()}`);
console.log('ok');
