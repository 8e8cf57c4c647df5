"""Four small networks and their training step, as people write them.

Tests train them, and benchmarks time them.
"""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim


class MLP(nn.Module):
    def __init__(self, inputs: int, hidden: int, classes: int, layers: int = 3):
        super().__init__()
        sizes = [inputs] + [hidden] * (layers - 1) + [classes]
        self.layers = [nn.Linear(sizes[i], sizes[i + 1]) for i in range(layers)]

    def __call__(self, x: mx.array) -> mx.array:
        for layer in self.layers[:-1]:
            x = nn.relu(layer(x))
        return self.layers[-1](x)


class CNN(nn.Module):
    def __init__(self, channels: int, width: int, classes: int):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, width, 3, padding=1),
            nn.BatchNorm(width),
            nn.ReLU(),
            nn.MaxPool2d(2, stride=2),
            nn.Conv2d(width, 2 * width, 3, padding=1, bias=False),
            nn.GroupNorm(2, 2 * width),
            nn.SiLU(),
        )
        self.dropout = nn.Dropout2d(0.2)
        self.head = nn.Linear(2 * width, classes)

    def __call__(self, x: mx.array) -> mx.array:
        x = self.dropout(self.features(x))
        return self.head(x.mean(axis=(1, 2)))


class Recurrent(nn.Module):
    """Reads tokens with an LSTM and scores the next one at every place."""

    def __init__(self, vocabulary: int, dims: int):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dims)
        self.lstm = nn.LSTM(dims, dims)
        self.head = nn.Linear(dims, vocabulary)

    def __call__(self, x: mx.array) -> mx.array:
        hidden, _ = self.lstm(self.embedding(x))
        return self.head(hidden)


class Encoder(nn.Module):
    """A transformer encoder with a causal mask; the scores share the weights of the embedding."""

    def __init__(self, vocabulary: int, dims: int, heads: int, layers: int, dropout: float = 0.1):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dims)
        self.position = nn.SinusoidalPositionalEncoding(dims)
        self.encoder = nn.TransformerEncoder(layers, dims, heads, mlp_dims=2 * dims, dropout=dropout)

    def __call__(self, x: mx.array) -> mx.array:
        length = x.shape[1]
        mask = nn.MultiHeadAttention.create_additive_causal_mask(length)
        x = self.embedding(x) + self.position(mx.arange(length))
        return self.embedding.as_linear(self.encoder(x, mask))


def classify(model, x: mx.array, labels: mx.array) -> mx.array:
    return nn.losses.cross_entropy(model(x), labels, reduction="mean")


class Task:
    """A network, its optimizer, and a batch to learn. `construct` makes such a network."""

    def __init__(self, construct, optimizer: optim.Optimizer, x: mx.array, labels: mx.array):
        self.construct = construct
        self.model = construct()
        self.optimizer = optimizer
        self.batch = (x, labels)
        self.state = [self.model.state, optimizer.state, mx.random.state]

    def step(self, compiled: bool):
        """A function of a batch that trains in place and returns the loss."""
        loss_and_gradients = nn.value_and_grad(self.model, classify)

        def step(x: mx.array, labels: mx.array) -> mx.array:
            loss, gradients = loss_and_gradients(self.model, x, labels)
            self.optimizer.update(self.model, gradients)
            return loss

        return mx.compile(step, inputs=self.state, outputs=self.state) if compiled else step


def mlp(size: int = 8, batch: int = 6) -> Task:
    x = mx.random.normal((batch, size))
    return Task(
        lambda: MLP(size, 2 * size, 3), optim.SGD(0.1, momentum=0.9), x, mx.random.randint(0, 3, (batch,))
    )


def cnn(size: int = 4, batch: int = 3) -> Task:
    x = mx.random.normal((batch, 8, 8, 2))
    optimizer = optim.RMSprop(learning_rate=optim.exponential_decay(0.01, 0.9))
    return Task(lambda: CNN(2, size, 3), optimizer, x, mx.random.randint(0, 3, (batch,)))


def tokens(vocabulary: int, batch: int, length: int) -> tuple[mx.array, mx.array]:
    text = mx.random.randint(0, vocabulary, (batch, length + 1))
    return text[:, :-1], text[:, 1:]


def lstm(size: int = 8, batch: int = 3, length: int = 5) -> Task:
    return Task(lambda: Recurrent(12, size), optim.Adam(learning_rate=1e-2), *tokens(12, batch, length))


def transformer(size: int = 16, batch: int = 2, length: int = 6) -> Task:
    optimizer = optim.AdamW(learning_rate=optim.cosine_decay(1e-2, 20), weight_decay=0.1)
    return Task(lambda: Encoder(12, size, 2, 2), optimizer, *tokens(12, batch, length))
