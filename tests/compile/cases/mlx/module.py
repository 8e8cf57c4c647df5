import mlx.core as mx
import mlx.nn as nn


class MLP(nn.Module):
    """Two layers."""

    def __init__(self, dims: int, hidden: int = 4):
        super().__init__()
        self.layers = [nn.Linear(dims, hidden), nn.Linear(hidden, dims, bias=False)]
        self.scale = 0.5
        self.norm = nn.RMSNorm(dims)

    def __call__(self, x: mx.array) -> mx.array:
        for layer in self.layers:
            x = nn.relu(layer(x))
        return self.norm(x) * self.scale


mx.random.seed(0)
model = MLP(3)
print(model)
print(model(mx.ones((1, 3))), list(model.parameters()), "norm" in model, model["norm"].weight.shape)
print(len(model.modules()), bool(nn.ReLU()), model.training, model.eval().training)
