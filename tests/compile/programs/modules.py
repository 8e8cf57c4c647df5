"""Every module of mlx.nn, with every argument of its constructor and its call at least once."""

import mlx.core as mx
import mlx.nn as nn

from .facts import ints, layer, normal

CAUSAL = nn.MultiHeadAttention.create_additive_causal_mask(4)
LINE, IMAGE, CUBE = (2, 9, 4), (1, 6, 7, 4), (1, 5, 4, 4, 4)


def world():
    return mx.distributed.init()


def squared(x):
    return mx.square(x) - 0.5


class Doubled(nn.Module):
    """A model of a user's own, where a module takes one."""

    def __call__(self, *inputs):
        return inputs[0] * 2


CASES = [
    # activations
    lambda: layer(nn.Sigmoid(), normal(2, 8)),
    lambda: layer(nn.Mish(), normal(2, 8)),
    lambda: layer(nn.ReLU(), normal(2, 8)),
    lambda: layer(nn.ReLU2(), normal(2, 8)),
    lambda: layer(nn.ReLU6(), normal(2, 8)),
    lambda: layer(nn.LeakyReLU(), normal(2, 8)),
    lambda: layer(nn.LeakyReLU(negative_slope=0.2), normal(2, 8)),
    lambda: layer(nn.ELU(), normal(2, 8)),
    lambda: layer(nn.ELU(alpha=0.5), normal(2, 8)),
    lambda: layer(nn.Softmax(), normal(2, 8)),
    lambda: layer(nn.Softplus(), normal(2, 8)),
    lambda: layer(nn.Softsign(), normal(2, 8)),
    lambda: layer(nn.Softshrink(), normal(2, 8)),
    lambda: layer(nn.Softshrink(lambd=0.25), normal(2, 8)),
    lambda: layer(nn.CELU(), normal(2, 8)),
    lambda: layer(nn.CELU(alpha=2.0), normal(2, 8)),
    lambda: layer(nn.SiLU(), normal(2, 8)),
    lambda: layer(nn.LogSoftmax(), normal(2, 8)),
    lambda: layer(nn.LogSigmoid(), normal(2, 8)),
    lambda: layer(nn.PReLU(), normal(2, 8)),
    lambda: layer(nn.PReLU(num_parameters=8, init=0.1), normal(2, 8)),
    lambda: layer(nn.GELU(), normal(2, 8)),
    lambda: layer(nn.GELU("tanh"), normal(2, 8)),
    lambda: layer(nn.GELU(approx="precise"), normal(2, 8)),
    lambda: layer(nn.GELU(approx="fast"), normal(2, 8)),
    lambda: layer(nn.Tanh(), normal(2, 8)),
    lambda: layer(nn.Hardswish(), normal(2, 8)),
    lambda: layer(nn.Step(), normal(2, 8)),
    lambda: layer(nn.Step(threshold=0.5), normal(2, 8)),
    lambda: layer(nn.SELU(), normal(2, 8)),
    lambda: layer(nn.HardTanh(), normal(2, 8)),
    lambda: layer(nn.HardShrink(), normal(2, 8)),
    lambda: layer(nn.HardShrink(lambd=1.0), normal(2, 8)),
    lambda: layer(nn.Softmin(), normal(2, 8)),
    lambda: layer(nn.GLU(), normal(2, 8)),
    lambda: layer(nn.GLU(axis=0), normal(2, 8)),
    # containers, linear layers, embeddings
    lambda: layer(Doubled(), normal(2, 8)),
    lambda: repr(nn.Module()),
    lambda: layer(nn.Identity(), normal(2, 8)),
    lambda: layer(nn.Identity(3, name="unused"), normal(2, 8)),
    lambda: layer(nn.Sequential(nn.Linear(8, 3), nn.tanh, nn.Linear(3, 2, bias=False), mx.exp), normal(2, 8)),
    lambda: layer(nn.Linear(8, 4), normal(2, 8)),
    lambda: layer(nn.Linear(8, 4, False), normal(2, 8)),
    lambda: layer(nn.Linear(input_dims=8, output_dims=4, bias=True), x=normal(2, 8)),
    lambda: layer(nn.Bilinear(8, 6, 4), normal(2, 8), normal(2, 6)),
    lambda: layer(nn.Bilinear(8, 6, 4, bias=False), normal(2, 8), x2=normal(2, 6)),
    lambda: layer(nn.Embedding(10, 4), ints(10, 2, 3)),
    # convolutions
    lambda: layer(nn.Conv1d(4, 6, 3), normal(*LINE)),
    lambda: layer(nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2, bias=False), normal(*LINE)),
    lambda: layer(nn.Conv2d(4, 6, 3), normal(*IMAGE)),
    lambda: layer(nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), groups=2, bias=False), normal(*IMAGE)),
    lambda: layer(nn.Conv2d(4, 6, 3, stride=2, padding=1, dilation=2), normal(*IMAGE)),
    lambda: layer(nn.Conv3d(4, 3, 2), normal(*CUBE)),
    lambda: layer(nn.Conv3d(4, 3, (2, 1, 2), stride=2, padding=1, dilation=2, bias=False), normal(*CUBE)),
    lambda: layer(nn.ConvTranspose1d(4, 6, 3), normal(*LINE)),
    lambda: layer(
        nn.ConvTranspose1d(4, 6, 3, stride=2, padding=1, dilation=2, output_padding=1, bias=False),
        normal(*LINE),
    ),
    lambda: layer(nn.ConvTranspose2d(4, 6, 3), normal(*IMAGE)),
    lambda: layer(
        nn.ConvTranspose2d(4, 6, (3, 2), stride=2, padding=1, dilation=2, output_padding=1, bias=False),
        normal(*IMAGE),
    ),
    lambda: layer(nn.ConvTranspose3d(4, 3, 2), normal(*CUBE)),
    lambda: layer(
        nn.ConvTranspose3d(4, 3, 2, stride=2, padding=1, dilation=2, output_padding=1, bias=False),
        normal(*CUBE),
    ),
    # dropout
    lambda: layer(nn.Dropout(), normal(4, 8)),
    lambda: layer(nn.Dropout(p=0.2), normal(4, 8)),
    lambda: layer(nn.Dropout(0.0), normal(4, 8)),
    lambda: layer(nn.Dropout2d(), normal(2, 3, 4, 5)),
    lambda: layer(nn.Dropout2d(p=0.25), normal(2, 3, 4, 5)),
    lambda: layer(nn.Dropout3d(), normal(2, 3, 4, 5, 2)),
    lambda: layer(nn.Dropout3d(p=0.25), normal(2, 3, 4, 5, 2)),
    # normalization
    lambda: layer(nn.LayerNorm(8), normal(2, 8)),
    lambda: layer(nn.LayerNorm(8, bias=False), normal(2, 8)),
    lambda: layer(nn.LayerNorm(8, eps=1e-3, affine=False), normal(2, 8)),
    lambda: layer(nn.RMSNorm(8), normal(2, 8)),
    lambda: layer(nn.RMSNorm(8, eps=1e-3), normal(2, 8)),
    lambda: layer(nn.GroupNorm(2, 8), normal(2, 5, 8)),
    lambda: layer(nn.GroupNorm(2, 8, pytorch_compatible=True), normal(2, 5, 8)),
    lambda: layer(nn.GroupNorm(4, 8, eps=1e-3, affine=False), normal(2, 5, 8)),
    lambda: layer(nn.InstanceNorm(8), normal(2, 5, 8)),
    lambda: layer(nn.InstanceNorm(8, eps=1e-3, affine=True), normal(2, 5, 8)),
    lambda: layer(nn.BatchNorm(8), normal(4, 8)),
    lambda: layer(nn.BatchNorm(8, eps=1e-3, momentum=0.3, affine=False), normal(2, 5, 8)),
    lambda: layer(nn.BatchNorm(8, track_running_stats=False), normal(2, 3, 4, 8)),
    # pooling
    lambda: layer(nn.MaxPool1d(2), normal(*LINE)),
    lambda: layer(nn.MaxPool1d(3, stride=2, padding=1), normal(*LINE)),
    lambda: layer(nn.MaxPool2d(2), normal(*IMAGE)),
    lambda: layer(nn.MaxPool2d((3, 2), stride=(2, 1), padding=(1, 0)), normal(*IMAGE)),
    lambda: layer(nn.MaxPool3d(2), normal(*CUBE)),
    lambda: layer(nn.MaxPool3d((2, 3, 2), stride=2, padding=1), normal(*CUBE)),
    lambda: layer(nn.AvgPool1d(2), normal(*LINE)),
    lambda: layer(nn.AvgPool1d(3, stride=2, padding=1), normal(*LINE)),
    lambda: layer(nn.AvgPool2d(2), normal(*IMAGE)),
    lambda: layer(nn.AvgPool2d((3, 2), stride=(2, 1), padding=(1, 0)), normal(*IMAGE)),
    lambda: layer(nn.AvgPool3d(2), normal(*CUBE)),
    lambda: layer(nn.AvgPool3d((2, 3, 2), stride=2, padding=1), normal(*CUBE)),
    # positions
    lambda: layer(nn.RoPE(8), normal(1, 5, 8)),
    lambda: layer(nn.RoPE(8, traditional=True, base=500, scale=0.5), normal(1, 5, 8), offset=3),
    lambda: layer(nn.SinusoidalPositionalEncoding(16), normal(5)),
    lambda: layer(
        nn.SinusoidalPositionalEncoding(
            8, min_freq=0.01, max_freq=2, scale=0.5, cos_first=True, full_turns=True
        ),
        normal(5),
    ),
    lambda: layer(nn.ALiBi(), normal(1, 4, 5, 6)),
    lambda: layer(nn.ALiBi(), normal(1, 4, 5, 6), offset=2, mask=normal(5, 6)),
    # recurrent layers
    lambda: layer(nn.RNN(8, 5), normal(2, 4, 8)),
    lambda: layer(nn.RNN(8, 5, bias=False, nonlinearity=squared), normal(2, 4, 8), hidden=normal(2, 5)),
    lambda: layer(nn.GRU(8, 5), normal(2, 4, 8)),
    lambda: layer(nn.GRU(8, 5, bias=False), normal(2, 4, 8), hidden=normal(2, 5)),
    lambda: layer(nn.LSTM(8, 5), normal(2, 4, 8)),
    lambda: layer(nn.LSTM(8, 5, bias=False), normal(4, 8)),
    lambda: layer(nn.LSTM(8, 5), normal(2, 4, 8), hidden=normal(2, 5), cell=normal(2, 5)),
    # transformers
    lambda: layer(nn.MultiHeadAttention(8, 2), normal(1, 4, 8), normal(1, 4, 8), normal(1, 4, 8)),
    lambda: layer(
        nn.MultiHeadAttention(
            8,
            2,
            query_input_dims=5,
            key_input_dims=6,
            value_input_dims=7,
            value_dims=10,
            value_output_dims=3,
            bias=True,
        ),
        normal(1, 4, 5),
        normal(1, 4, 6),
        normal(1, 4, 7),
        mask=CAUSAL,
    ),
    lambda: layer(nn.TransformerEncoderLayer(8, 2), normal(1, 4, 8), None),
    lambda: layer(
        nn.TransformerEncoderLayer(8, 2, mlp_dims=12, dropout=0.25, activation=nn.gelu, norm_first=False),
        normal(1, 4, 8),
        mask=CAUSAL,
    ),
    lambda: layer(nn.TransformerEncoder(2, 8, 2), normal(1, 4, 8), CAUSAL),
    lambda: layer(
        nn.TransformerEncoder(
            2, 8, 2, mlp_dims=12, dropout=0.25, activation=nn.silu, norm_first=False, checkpoint=True
        ),
        normal(1, 4, 8),
        mask=None,
    ),
    lambda: layer(nn.TransformerDecoderLayer(8, 2), normal(1, 4, 8), normal(1, 5, 8), None, None),
    lambda: layer(
        nn.TransformerDecoderLayer(8, 2, mlp_dims=12, dropout=0.25, activation=mx.tanh, norm_first=False),
        normal(1, 4, 8),
        normal(1, 5, 8),
        x_mask=CAUSAL,
        memory_mask=None,
    ),
    lambda: layer(nn.TransformerDecoder(2, 8, 2), normal(1, 4, 8), normal(1, 5, 8), CAUSAL, None),
    lambda: layer(
        nn.TransformerDecoder(
            2, 8, 2, mlp_dims=12, dropout=0.25, activation=nn.gelu, norm_first=False, checkpoint=True
        ),
        normal(1, 4, 8),
        memory=normal(1, 5, 8),
        x_mask=None,
        memory_mask=mx.zeros((4, 5)),
    ),
    lambda: layer(nn.Transformer(8, 2, 1, 1), normal(1, 4, 8), normal(1, 4, 8), CAUSAL, CAUSAL, None),
    lambda: layer(
        nn.Transformer(
            dims=8,
            num_heads=2,
            num_encoder_layers=1,
            num_decoder_layers=2,
            mlp_dims=12,
            dropout=0.25,
            activation=nn.gelu,
            norm_first=False,
            checkpoint=True,
        ),
        normal(1, 4, 8),
        normal(1, 4, 8),
        src_mask=CAUSAL,
        tgt_mask=CAUSAL,
        memory_mask=None,
    ),
    lambda: layer(
        nn.Transformer(8, 2, custom_encoder=Doubled(), custom_decoder=Doubled()),
        normal(1, 4, 8),
        tgt=normal(1, 5, 8),
        src_mask=None,
        tgt_mask=None,
        memory_mask=None,
    ),
    # upsampling
    lambda: layer(nn.Upsample(2), normal(1, 3, 4, 2)),
    lambda: layer(nn.Upsample(1.5), normal(1, 4, 4, 2)),
    lambda: layer(nn.Upsample((2, 3), mode="linear"), normal(1, 3, 4, 2)),
    lambda: layer(nn.Upsample(2.5, mode="linear", align_corners=True), normal(1, 3, 4, 2)),
    lambda: layer(nn.Upsample(0.5, mode="linear", antialias=True), normal(1, 8, 8, 2)),
    lambda: layer(nn.Upsample(2, mode="cubic"), normal(1, 3, 4, 2)),
    lambda: layer(nn.Upsample((1.5, 2.0), mode="cubic", align_corners=True), normal(1, 3, 4, 2)),
    lambda: layer(nn.Upsample(0.5, mode="cubic", antialias=True), normal(1, 8, 8, 2)),
    # quantized layers
    lambda: layer(nn.QuantizedLinear(64, 32), normal(2, 64)),
    lambda: layer(nn.QuantizedLinear(64, 32, bias=False, group_size=32, bits=8), normal(2, 64)),
    lambda: layer(nn.QuantizedLinear(64, 32, mode="mxfp4"), normal(2, 64)),
    lambda: layer(nn.QuantizedEmbedding(16, 64), ints(16, 2, 3)),
    lambda: layer(nn.QuantizedEmbedding(16, 64, group_size=32, bits=8), ints(16, 2, 3)),
    lambda: layer(nn.QuantizedEmbedding(16, 64, mode="mxfp8"), ints(16, 2, 3)),
    # distributed layers, in a group of one
    lambda: layer(nn.AllToShardedLinear(8, 4), normal(2, 8)),
    lambda: layer(nn.AllToShardedLinear(8, 4, bias=False, group=world()), normal(2, 8)),
    lambda: layer(nn.ShardedToAllLinear(8, 4), normal(2, 8)),
    lambda: layer(nn.ShardedToAllLinear(8, 4, bias=False, group=world()), normal(2, 8)),
    lambda: layer(nn.QuantizedAllToShardedLinear(64, 32), normal(2, 64)),
    lambda: layer(
        nn.QuantizedAllToShardedLinear(64, 32, bias=False, group_size=32, bits=8, group=world()),
        normal(2, 64),
    ),
    lambda: layer(nn.QuantizedAllToShardedLinear(64, 32, group_size=32, mode="mxfp4"), normal(2, 64)),
    lambda: layer(nn.QuantizedShardedToAllLinear(64, 32), normal(2, 64)),
    lambda: layer(nn.QuantizedShardedToAllLinear(64, 32, group_size=32, mode="mxfp4"), normal(2, 64)),
    lambda: layer(
        nn.QuantizedShardedToAllLinear(64, 32, bias=False, group_size=32, bits=8, group=world()),
        normal(2, 64),
    ),
    lambda: layer(nn.FullyShardedModule(nn.Linear(8, 4)), normal(2, 8)),
    lambda: layer(
        nn.FullyShardedModule(nn.Linear(8, 4), group=world(), compute_dtype=mx.float16), normal(2, 8)
    ),
]
