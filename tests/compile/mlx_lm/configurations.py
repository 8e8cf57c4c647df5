"""A tiny configuration for each architecture of mlx_lm: TINY, and what CHANGES says for one of them.

Sizes are small enough that a model of each is made and run in a fraction of a second. A model that reads
`text_config` gets the same values there.
"""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

TINY: Values = {
    # the size of a transformer, under the names that people gave it
    **dict.fromkeys(("hidden_size", "n_embd", "d_model", "model_dim"), 64),
    **dict.fromkeys(("intermediate_size", "hidden_dim", "n_inner", "ffn_hidden_size"), 96),
    **dict.fromkeys(("num_hidden_layers", "n_layer", "n_layers", "num_layers"), 2),
    **dict.fromkeys(("num_attention_heads", "n_head", "n_heads", "num_heads"), 4),
    **dict.fromkeys(("num_key_value_heads", "n_kv_heads"), 2),
    **dict.fromkeys(("max_position_embeddings", "n_positions", "n_ctx"), 128),
    "vocab_size": 32,
    "head_dim": 16,
    "original_max_position_embeddings": 64,
    # norms, rotary embeddings, biases, scales
    **dict.fromkeys(("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "layernorm_epsilon"), 1e-5),
    **dict.fromkeys(("norm_eps", "norm_epsilon"), 1e-5),
    **dict.fromkeys(("attention_bias", "mlp_bias", "use_bias", "bias", "use_qkv_bias"), False),
    "rope_theta": 10000.0,
    "partial_rotary_factor": 0.5,
    "rotary_dim": 8,
    "use_qk_norm": True,
    "tie_word_embeddings": True,
    "attention_multiplier": 0.25,
    "embedding_multiplier": 2.0,
    "residual_multiplier": 0.5,
    "logits_scaling": 2.0,
    "query_pre_attn_scalar": 16,
    "dim_model_base": 32,
    "scale_depth": 1.4,
    "scale_emb": 2.0,
    "hidden_act": "silu",
    "group_norm_size": 1,
    # windows
    **dict.fromkeys(("sliding_window", "attention_window_size"), 4),
    "sliding_window_pattern": 2,
    "layer_group_size": 2,
    # experts
    **dict.fromkeys(("num_experts", "num_local_experts", "n_routed_experts"), 4),
    **dict.fromkeys(("num_experts_per_tok", "num_experts_per_token", "moe_topk"), 2),
    **dict.fromkeys(("n_shared_experts", "num_shared_experts", "num_shared_expert"), 1),
    **dict.fromkeys(("shared_expert_intermediate_size", "moe_shared_expert_intermediate_size"), 32),
    **dict.fromkeys(("moe_intermediate_size", "shared_intermediate_size", "expert_ffn_hidden_size"), 32),
    **dict.fromkeys(("n_group", "topk_group", "first_k_dense_replace", "moe_layer_freq"), 1),
    **dict.fromkeys(("decoder_sparse_step", "num_dense_layers"), 1),
    "mlp_only_layers": [],
    "norm_topk_prob": True,
    "routed_scaling_factor": 1.0,
    "scoring_func": "sigmoid",
    "topk_method": "noaux_tc",
    # latent attention
    **dict.fromkeys(("kv_lora_rank", "q_lora_rank", "v_head_dim", "index_head_dim"), 16),
    **dict.fromkeys(("qk_rope_head_dim", "qk_nope_head_dim"), 8),
    "index_n_heads": 2,
    "index_topk": 4,
    # state spaces
    **dict.fromkeys(("mamba_d_state", "state_size", "ssm_state_size"), 8),
    **dict.fromkeys(("mamba_d_conv", "conv_kernel", "linear_conv_kernel_dim"), 4),
    **dict.fromkeys(("mamba_n_heads", "mamba_num_heads", "mamba_dt_rank", "time_step_rank"), 4),
    **dict.fromkeys(("mamba_d_head", "mamba_head_dim"), 32),
    **dict.fromkeys(("mamba_n_groups", "n_groups"), 1),
    **dict.fromkeys(("mamba_chunk_size", "chunk_size"), 16),
    **dict.fromkeys(("mamba_conv_bias", "use_conv_bias"), True),
    **dict.fromkeys(("mamba_proj_bias", "conv_bias"), False),
    "mamba_expand": 2,
    "mamba_d_ssm": 128,
    "conv_L_cache": 3,
    "time_step_limit": [0.001, 100.0],
    "linear_num_key_heads": 2,
    "linear_num_value_heads": 4,
    "linear_key_head_dim": 32,
    "linear_value_head_dim": 16,
}

SLIDING = ["sliding_attention", "full_attention"]
ROPE = {"rope_type": "default", "rope_theta": 10000.0}
ROPES = {"sliding_attention": ROPE, "full_attention": ROPE}
YARN = {
    "type": "yarn",
    "rope_type": "yarn",
    "rope_theta": 10000.0,
    "factor": 2.0,
    "original_max_position_embeddings": 64,
    "mscale": 1.0,
    "mscale_all_dim": 1.0,
    "beta_fast": 32,
    "beta_slow": 1,
    "llama_4_scaling_beta": 0.1,
}
LONG = {
    "type": "longrope",
    "original_max_position_embeddings": 64,
    "short_factor": [1.0] * 4,
    "long_factor": [2.0] * 4,
}
DELTA = {
    "num_heads": 4,
    "head_dim": 16,
    "short_conv_kernel_size": 4,
    "kda_layers": [1],
    "full_attn_layers": [2],
}
CONVOLUTIONS = {
    "block_dim": 64,
    "block_multiple_of": 8,
    "block_ffn_dim_multiplier": 1.0,
    "block_auto_adjust_ff_dim": True,
    "full_attn_idxs": [1],
}
HYBRID = {"full_attention_interval": 2, "num_hidden_layers": 4}
SHARED_KEYS = {
    "num_kv_shared_layers": 2,
    "num_hidden_layers": 4,
    "vocab_size_per_layer_input": 32,
    "hidden_size_per_layer_input": 16,
    "global_head_dim": 32,
}

CHANGES: dict[str, Values] = {
    "afm7": {"num_kv_reuse_layers": 1, "num_kv_heads": 2, "num_layers": 3, "hidden_dim": 64},
    "afmoe": {"layer_types": SLIDING},
    "apertus": {"post_norm": True, "qk_norm": True},
    "baichuan_m1": {"tie_word_embeddings": False, "sliding_window_layers": [0], "conv_window": 2},
    "dbrx": {
        "ffn_config": {"ffn_hidden_size": 96, "moe_num_experts": 4, "moe_top_k": 2},
        "attn_config": {"kv_n_heads": 2, "clip_qkv": 8.0, "rope_theta": 10000.0},
    },
    "deepseek_v2": {"rope_scaling": YARN},
    "ernie4_5_moe": {"moe_num_experts": 4},
    "exaone4": {"rope_scaling": None, "sliding_window_pattern": "LG"},
    "exaone_moe": {"layer_types": SLIDING, "is_moe_layer": [False, True]},
    "gear": {"layer_types": [*SLIDING, "conv_mixer"], "num_hidden_layers": 3},
    "gemma3n": {
        "text_config": {
            "num_kv_shared_layers": 2,
            "num_hidden_layers": 4,
            "vocab_size_per_layer_input": 32,
            "hidden_size_per_layer_input": 16,
            "rope_local_base_freq": 10000.0,
            "final_logit_softcapping": 30.0,
            "layer_types": SLIDING * 2,
            "activation_sparsity_pattern": [0.95, 0.0, 0.0, 0.0],
            "altup_num_inputs": 2,
            "altup_coef_clip": 100.0,
            "altup_correct_scale": True,
            "altup_active_idx": 0,
            "laurel_rank": 8,
        }
    },
    "gemma4": {"text_config": SHARED_KEYS},
    "gemma4_text": SHARED_KEYS,
    "glm4_moe": {"rope_scaling": None},
    "glm_moe_dsa": {"rope_parameters": ROPE},
    "gpt_neox": {"rotary_emb_base": 10000, "rotary_pct": 0.25},
    "granitemoehybrid": {"layer_types": ["mamba", "attention"]},
    "hunyuan": {
        "use_mixed_mlp_moe": True,
        "use_cla": True,
        "cla_share_factor": 2,
        "rope_scaling": {"type": "dynamic", "factor": 1.0, "alpha": 1000.0},
    },
    "jamba": {
        "attn_layer_offset": 1,
        "attn_layer_period": 2,
        "expert_layer_offset": 1,
        "expert_layer_period": 2,
    },
    "kimi_k3": {
        "text_config": {
            "hidden_act": "situ",
            "linear_attn_config": DELTA,
            "activation_situ_beta": 1.0,
            "num_key_value_heads": 4,
        }
    },
    "kimi_linear": {"linear_attn_config": DELTA, "model_max_length": 128, "num_key_value_heads": 4},
    "lfm2": CONVOLUTIONS,
    "lfm2-vl": {"text_config": CONVOLUTIONS},
    "lfm2_moe": {
        "use_expert_bias": True,
        "layer_types": ["conv", "full_attention"],
        "full_attn_idxs": [1],
    },
    "lille-130m": {"block_size": 128},
    "llama4": {
        "text_config": {
            "num_hidden_layers": 4,
            "num_experts_per_tok": 1,
            "attention_chunk_size": 4,
            "interleave_moe_layer_step": 2,
            "intermediate_size_mlp": 96,
            "rope_scaling": None,
        }
    },
    "llama4_text": {"intermediate_size_mlp": 96, "no_rope_layers": [1, 0]},
    "longcat_flash": {
        "attention_method": "MLA",
        "zero_expert_type": "identity",
        "zero_expert_num": 2,
        "mla_scale_q_lora": True,
        "mla_scale_kv_lora": True,
    },
    "longcat_flash_ngram": {
        "zero_expert_num": 2,
        "mla_scale_q_lora": True,
        "mla_scale_kv_lora": True,
        "ngram_vocab_size_ratio": 3,
        "emb_neighbor_num": 3,
        "emb_split_num": 2,
    },
    "mellum": {"layer_types": SLIDING, "rope_parameters": ROPES},
    "mimo_v2_flash": {
        "hybrid_layer_pattern": [0, 1],
        "moe_layer_freq": [0, 1],
        "add_swa_attention_sink_bias": True,
        "add_full_attention_sink_bias": False,
        "sliding_window_size": 4,
        "swa_rope_theta": 10000.0,
        "swa_num_attention_heads": 4,
        "swa_num_key_value_heads": 2,
        "swa_head_dim": 16,
        "swa_v_head_dim": 16,
    },
    "minicpm3": {"rope_scaling": LONG, "num_key_value_heads": 4},
    "minimax_m3_vl": {"text_config": {"moe_layer_freq": [0, 1]}},
    "ministral3": {"rope_parameters": YARN, "layer_types": SLIDING},
    "mistral4": {"rope_parameters": YARN},
    "muse_spark": {
        "text_config": {
            "post_norm_eps": 1e-8,
            "rope_parameters": ROPE,
            "layer_rope_theta": [10000.0, 0],
            "layer_types": SLIDING,
            "final_logit_softcapping": 30.0,
            "output_multiplier": 0.5,
            "moe_hidden_size": 32,
            "num_shared_experts": 0,
        }
    },
    "nemotron-nas": {
        "block_configs": [
            {"attention": {"n_heads_in_group": 2}, "ffn": {"ffn_mult": 2.0}},
            {"attention": {"no_op": True}, "ffn": {"replace_with_linear": True}},
        ]
    },
    "nemotron_h": {"hybrid_override_pattern": ["M", "*", "-", "E"], "num_hidden_layers": 4},
    "olmo3": {"layer_types": SLIDING},
    "olmo_hybrid": {
        "linear_allow_neg_eigval": True,
        "layer_types": ["linear_attention", "full_attention"],
    },
    "openelm": {
        "num_transformer_layers": 2,
        "ffn_dim_divisor": 8,
        "num_query_heads": [4, 4],
        "num_kv_heads": [2, 2],
        "ffn_multipliers": [1.0, 2.0],
    },
    # It writes to fixed places of the vocabulary, which has to hold them.
    "phi3small": {
        "vocab_size": 100352,
        "dense_attention_every_n_layers": 2,
        "ff_intermediate_size": 96,
        "gegelu_limit": 20.0,
    },
    "phixtral": {"num_vocab": 32},
    "plamo": {"n_shared_head": 2},
    "prism_hadamard_qwen35": {
        "tensor_namespace": "mlx-vlm-qwen3_5",
        "quantization": {"bits": 2, "group_size": 128, "mode": "affine"},
        "modules": [{"path": "model.embed_tokens", "embedding": True, "dtype": "float16", "block": 0}],
        "text_config": {**HYBRID, "hidden_size": 128},
    },
    "qwen": {"kv_channels": 16},
    "qwen3_5": {"text_config": HYBRID},
    "qwen3_5_moe": {"text_config": HYBRID},
    "qwen3_next": HYBRID,
    "recurrent_gemma": {
        "conv1d_width": 4,
        "logits_soft_cap": 30.0,
        "block_types": ["recurrent", "attention"],
    },
    "rwkv7": {
        "a_low_rank_dim": 8,
        "v_low_rank_dim": 8,
        "gate_low_rank_dim": 8,
        "decay_low_rank_dim": 8,
    },
    "spark2_5": {"hidden_act": "gelu", "layer_types": SLIDING, "rope_parameters": ROPES},
    "step3p5": {"num_attention_groups": 2, "layer_types": SLIDING},
}

# Architectures that Python cannot make here.
NOT_MADE = {"olmo": "its Python file needs the package ai2-olmo"}

# Architectures that Python cannot run here: their parameters are compared, their results are not.
NOT_RUN = {
    "bitnet": "its product is a Metal kernel",
    "muse_spark": "its norms are Metal kernels",
}


def configuration(name: str) -> Values:
    base = {**TINY, "model_type": name}
    changes = CHANGES.get(name, {})
    return {**base, **changes, "text_config": {**base, **changes.get("text_config", {})}}
