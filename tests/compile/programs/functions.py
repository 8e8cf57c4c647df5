"""Activations, losses and initializers, with every argument at least once."""

import mlx.core as mx
import mlx.nn as nn

from .facts import function, ints, leaves, normal

losses = nn.losses


def probabilities(*shape):
    return mx.random.uniform(0.05, 0.95, shape)


def signs(*shape):
    return mx.where(normal(*shape) > 0, 1, -1)


def halves(*shape):
    return mx.zeros(shape, mx.float16)


CASES = [
    # activations
    lambda: function(nn.celu, normal(3, 4)),
    lambda: function(nn.celu, normal(3, 4), alpha=0.5),
    lambda: function(nn.elu, normal(3, 4)),
    lambda: function(nn.elu, normal(3, 4), alpha=0.5),
    lambda: function(nn.gelu, normal(3, 4)),
    lambda: function(nn.gelu_approx, normal(3, 4)),
    lambda: function(nn.gelu_fast_approx, normal(3, 4)),
    lambda: function(nn.glu, normal(2, 4)),
    lambda: function(nn.glu, normal(2, 4), axis=0),
    lambda: function(nn.hard_shrink, normal(3, 4)),
    lambda: function(nn.hard_shrink, normal(3, 4), lambd=1.0),
    lambda: function(nn.hard_tanh, normal(3, 4)),
    lambda: function(nn.hard_tanh, normal(3, 4), min_val=-0.5, max_val=0.25),
    lambda: function(nn.hardswish, normal(3, 4)),
    lambda: function(nn.leaky_relu, normal(3, 4)),
    lambda: function(nn.leaky_relu, normal(3, 4), negative_slope=0.3),
    lambda: function(nn.log_sigmoid, normal(3, 4)),
    lambda: function(nn.log_softmax, normal(3, 4)),
    lambda: function(nn.log_softmax, normal(3, 4), axis=0),
    lambda: function(nn.mish, normal(3, 4)),
    lambda: function(nn.prelu, normal(3, 4), normal(4)),
    lambda: function(nn.relu, normal(3, 4)),
    lambda: function(nn.relu, normal(3, 4).astype(mx.bfloat16)),
    lambda: function(nn.relu2, normal(3, 4)),
    lambda: function(nn.relu6, normal(3, 4) * 5),
    lambda: function(nn.selu, normal(3, 4)),
    lambda: function(nn.sigmoid, normal(3, 4)),
    lambda: function(nn.silu, normal(3, 4)),
    lambda: function(nn.softmax, normal(3, 4)),
    lambda: function(nn.softmax, normal(3, 4), axis=0),
    lambda: function(nn.softmin, normal(3, 4)),
    lambda: function(nn.softmin, normal(3, 4), axis=0),
    lambda: function(nn.softplus, normal(3, 4)),
    lambda: function(nn.softshrink, normal(3, 4)),
    lambda: function(nn.softshrink, normal(3, 4), lambd=0.1),
    lambda: function(nn.softsign, normal(3, 4)),
    lambda: function(nn.step, normal(3, 4)),
    lambda: function(nn.step, normal(3, 4), threshold=0.5),
    lambda: function(nn.tanh, normal(3, 4)),
    # losses
    lambda: function(losses.binary_cross_entropy, normal(3, 4), probabilities(3, 4)),
    lambda: function(
        losses.binary_cross_entropy,
        probabilities(3, 4),
        probabilities(3, 4),
        weights=probabilities(3, 4),
        with_logits=False,
        reduction="sum",
    ),
    lambda: function(losses.cosine_similarity_loss, normal(3, 4), normal(3, 4)),
    lambda: function(
        losses.cosine_similarity_loss, normal(3, 4), normal(3, 4), axis=0, eps=0.5, reduction="mean"
    ),
    lambda: function(losses.cross_entropy, normal(3, 4), ints(4, 3)),
    lambda: function(
        losses.cross_entropy,
        normal(4, 3),
        ints(4, 3),
        weights=probabilities(3),
        axis=0,
        label_smoothing=0.1,
        reduction="mean",
    ),
    lambda: function(losses.cross_entropy, normal(3, 4), nn.softmax(normal(3, 4)), reduction="sum"),
    lambda: function(losses.gaussian_nll_loss, normal(3, 4), normal(3, 4), probabilities(3, 4)),
    lambda: function(
        losses.gaussian_nll_loss,
        normal(3, 4),
        normal(3, 4),
        probabilities(3, 4),
        full=True,
        eps=0.5,
        reduction="none",
    ),
    lambda: function(losses.hinge_loss, normal(3, 4), signs(3, 4)),
    lambda: function(losses.hinge_loss, normal(3, 4), signs(3, 4), reduction="mean"),
    lambda: function(losses.huber_loss, normal(3, 4) * 2, normal(3, 4)),
    lambda: function(losses.huber_loss, normal(3, 4) * 2, normal(3, 4), delta=0.5, reduction="sum"),
    lambda: function(losses.kl_div_loss, nn.log_softmax(normal(3, 4)), nn.log_softmax(normal(3, 4))),
    lambda: function(
        losses.kl_div_loss,
        nn.log_softmax(normal(3, 4)),
        nn.log_softmax(normal(3, 4)),
        axis=0,
        reduction="mean",
    ),
    lambda: function(losses.l1_loss, normal(3, 4), normal(3, 4)),
    lambda: function(losses.l1_loss, normal(3, 4), normal(3, 4), reduction="none"),
    lambda: function(losses.log_cosh_loss, normal(3, 4), normal(3, 4)),
    lambda: function(losses.log_cosh_loss, normal(3, 4), normal(3, 4), reduction="mean"),
    lambda: function(losses.margin_ranking_loss, normal(5), normal(5), signs(5)),
    lambda: function(losses.margin_ranking_loss, normal(5), normal(5), signs(5), margin=0.5, reduction="sum"),
    lambda: function(losses.mse_loss, normal(3, 4), normal(3, 4)),
    lambda: function(losses.mse_loss, normal(3, 4), normal(3, 4), reduction="none"),
    lambda: function(losses.nll_loss, nn.log_softmax(normal(3, 4)), ints(4, 3)),
    lambda: function(losses.nll_loss, nn.log_softmax(normal(4, 3)), ints(4, 3), axis=0, reduction="mean"),
    lambda: function(losses.smooth_l1_loss, normal(3, 4) * 2, normal(3, 4)),
    lambda: function(losses.smooth_l1_loss, normal(3, 4) * 2, normal(3, 4), beta=0.5, reduction="sum"),
    lambda: function(losses.triplet_loss, normal(3, 4), normal(3, 4), normal(3, 4)),
    lambda: function(
        losses.triplet_loss,
        normal(3, 4),
        normal(3, 4),
        normal(3, 4),
        axis=0,
        p=3,
        margin=0.5,
        eps=0.01,
        reduction="mean",
    ),
    # initializers
    lambda: leaves(nn.init.constant(0.5)(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.constant(2, dtype=mx.float16)(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.normal()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.normal(mean=1.0, std=0.5, dtype=mx.bfloat16)(halves(2, 3))),
    lambda: leaves(nn.init.uniform()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.uniform(low=-0.5, high=2, dtype=mx.float16)(halves(2, 3))),
    lambda: leaves(nn.init.identity()(mx.zeros((3, 3)))),
    lambda: leaves(nn.init.identity(dtype=mx.float16)(halves(3, 3))),
    lambda: leaves(nn.init.glorot_normal()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.glorot_normal(dtype=mx.float16)(halves(2, 3), gain=0.5)),
    lambda: leaves(nn.init.glorot_uniform()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.glorot_uniform(dtype=mx.float16)(halves(2, 3), gain=0.5)),
    lambda: leaves(nn.init.he_normal()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.he_normal(dtype=mx.float16)(halves(2, 3), mode="fan_out", gain=0.5)),
    lambda: leaves(nn.init.he_uniform()(mx.zeros((2, 3)))),
    lambda: leaves(nn.init.he_uniform(dtype=mx.float16)(halves(2, 3, 3), mode="fan_out", gain=0.5)),
    lambda: leaves(nn.init.sparse(0.5)(mx.zeros((4, 3)))),
    lambda: leaves(nn.init.sparse(sparsity=0.25, mean=1.0, std=0.5, dtype=mx.float16)(halves(4, 3))),
    lambda: leaves(nn.init.orthogonal()(mx.zeros((3, 4)))),
    lambda: leaves(nn.init.orthogonal(gain=0.5, dtype=mx.float16)(halves(4, 3))),
]
