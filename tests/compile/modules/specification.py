"""Which modules are built on both sides, with which arguments, and what they are called on.

One row: a name of mlx.nn, its arguments, keywords, and the shapes of its inputs (ints have an upper bound).
They travel as JSON, so that Python and Node read the same rows.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def row(name: str, *arguments: object, inputs: list[object] | None = None, **keywords: object) -> Row:
    return {"name": name, "arguments": list(arguments), "keywords": keywords, "inputs": inputs or [[2, 8]]}


ACTIVATIONS = (
    "Sigmoid Mish ReLU ReLU2 ReLU6 LeakyReLU ELU Softmax Softplus Softsign Softshrink CELU SiLU LogSoftmax "
    "LogSigmoid PReLU GELU Tanh Hardswish Step SELU HardTanh HardShrink Softmin GLU"
).split()

ROWS: list[Row] = [
    *(row(name) for name in ACTIVATIONS),
    row("GELU", approx="fast"),
    row("GELU", "tanh"),
    row("Identity"),
    row("Linear", 8, 4),
    row("Linear", 8, 4, bias=False),
    row("Bilinear", 8, 6, 4, inputs=[[2, 8], [2, 6]]),
    row("Embedding", 10, 4, inputs=[{"ints": [2, 3], "below": 10}]),
    row("Conv1d", 4, 6, 3, padding=1, inputs=[[2, 9, 4]]),
    row("Conv1d", 4, 6, 3, stride=2, groups=2, inputs=[[2, 9, 4]]),
    row("Conv2d", 3, 4, 3, inputs=[[1, 6, 7, 3]]),
    row("Conv2d", 3, 4, [3, 2], stride=2, padding=1, bias=False, inputs=[[1, 6, 7, 3]]),
    row("Conv3d", 2, 3, 2, inputs=[[1, 4, 4, 4, 2]]),
    row("ConvTranspose1d", 4, 6, 3, padding=1, inputs=[[2, 9, 4]]),
    row("ConvTranspose2d", 3, 4, 3, stride=2, inputs=[[1, 4, 5, 3]]),
    row("ConvTranspose3d", 2, 3, 2, inputs=[[1, 3, 3, 3, 2]]),
    row("Dropout", 0.5),
    row("Dropout", 0.0),
    row("Dropout2d", 0.25, inputs=[[2, 3, 4, 5]]),
    row("Dropout3d", 0.25, inputs=[[2, 3, 4, 5, 2]]),
    row("LayerNorm", 8),
    row("LayerNorm", 8, eps=1e-3, affine=False),
    row("RMSNorm", 8),
    row("GroupNorm", 2, 8, inputs=[[2, 5, 8]]),
    row("GroupNorm", 2, 8, pytorch_compatible=True, inputs=[[2, 5, 8]]),
    row("InstanceNorm", 8, affine=True, inputs=[[2, 5, 8]]),
    row("BatchNorm", 8, inputs=[[4, 8]]),
    row("BatchNorm", 8, affine=False, momentum=0.3, inputs=[[2, 5, 8]]),
    row("MaxPool1d", 2, 2, inputs=[[2, 8, 3]]),
    row("MaxPool2d", 2, 2, inputs=[[1, 6, 6, 3]]),
    row("MaxPool2d", [3, 2], [2, 1], [1, 0], inputs=[[1, 6, 6, 3]]),
    row("MaxPool3d", 2, 2, inputs=[[1, 4, 4, 4, 2]]),
    row("AvgPool1d", 2, stride=2, inputs=[[2, 8, 3]]),
    row("AvgPool2d", 2, 2, padding=1, inputs=[[1, 6, 6, 3]]),
    row("AvgPool3d", 2, 2, inputs=[[1, 4, 4, 4, 2]]),
    row("RoPE", 8, inputs=[[1, 5, 8]]),
    row("RoPE", 8, traditional=True, base=500, scale=0.5, inputs=[[1, 5, 8]]),
    row("SinusoidalPositionalEncoding", 16, inputs=[[5]]),
    row("SinusoidalPositionalEncoding", 8, cos_first=True, full_turns=True, inputs=[[5]]),
    row("ALiBi", inputs=[[1, 4, 5, 6]]),
    row("RNN", 8, 5, inputs=[[2, 4, 8]]),
    row("GRU", 8, 5, inputs=[[2, 4, 8]]),
    row("LSTM", 8, 5, inputs=[[2, 4, 8]]),
    row("LSTM", 8, 5, bias=False, inputs=[[4, 8]]),
    row("MultiHeadAttention", 8, 2, inputs=[[1, 4, 8], [1, 4, 8], [1, 4, 8]]),
    row("MultiHeadAttention", 8, 2, bias=True, key_input_dims=6, inputs=[[1, 4, 8], [1, 5, 6], [1, 5, 6]]),
    row("TransformerEncoderLayer", 8, 2, inputs=[[1, 4, 8], None]),
    row("TransformerEncoder", 2, 8, 2, mlp_dims=16, norm_first=False, inputs=[[1, 4, 8], None]),
    row("TransformerDecoder", 2, 8, 2, inputs=[[1, 4, 8], [1, 5, 8], None, None]),
    row("Transformer", 8, 2, 1, 1, inputs=[[1, 4, 8], [1, 5, 8], None, None, None]),
    row("Upsample", 2, inputs=[[1, 3, 4, 2]]),
    row("Upsample", [2, 3], mode="linear", inputs=[[1, 3, 4, 2]]),
    row("Upsample", 2.5, mode="linear", align_corners=True, inputs=[[1, 3, 4, 2]]),
    row("Upsample", 0.5, mode="linear", antialias=True, inputs=[[1, 8, 8, 2]]),
    row("Upsample", 2, mode="cubic", inputs=[[1, 3, 4, 2]]),
    row("Upsample", 1.5, mode="nearest", inputs=[[1, 4, 4, 2]]),
    row("QuantizedLinear", 64, 32, inputs=[[2, 64]]),
    row("QuantizedEmbedding", 16, 64, group_size=32, bits=8, inputs=[{"ints": [2, 3], "below": 16}]),
]

OPTIMIZERS: list[Row] = [
    row("SGD", 0.1),
    row("SGD", 0.1, momentum=0.9, weight_decay=0.01, nesterov=True),
    row("SGD", 0.1, momentum=0.9, dampening=0.1),
    row("RMSprop", 0.01),
    row("Adagrad", 0.01),
    row("AdaDelta", 0.1),
    row("Adam", 0.01),
    row("Adam", 0.01, bias_correction=True),
    row("AdamW", 0.01, weight_decay=0.1),
    row("Adamax", 0.01),
    row("Lion", 0.01, weight_decay=0.1),
    row("Adafactor"),
    row("Adafactor", 0.01, beta_1=0.9, relative_step=False, scale_parameter=False),
    row("Muon", 0.01),
]

SCHEDULES: list[Row] = [
    row("exponential_decay", 0.1, 0.9),
    row("step_decay", 0.1, 0.9, 3),
    row("cosine_decay", 0.1, 7),
    row("cosine_decay", 0.1, 7, 0.01),
    row("linear_schedule", 0.0, 0.1, 5),
]
