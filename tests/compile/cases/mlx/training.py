import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim

mx.random.seed(1)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = optim.AdamW(learning_rate=0.05, weight_decay=0.0)
x = mx.random.normal((16, 2))
y = x.sum(axis=1, keepdims=True)


def loss_fn(model, x, y):
    return nn.losses.mse_loss(model(x), y)


step = nn.value_and_grad(model, loss_fn)
for _ in range(5):
    loss, grads = step(model, x, y)
    optimizer.update(model, grads)
    mx.eval(model.parameters(), optimizer.state)
    print(loss.item())
