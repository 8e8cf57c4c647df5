// Words for the expressions of expressions.toml: what upstream's Python binding does in more than one step
// before it calls MLX.
#pragma once

#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "call.h"
#include "distributed.h"
#include "errors.h"
#include "evaluation.h"
#include "integer_division.h"
#include "mlx/backend/cuda/cuda.h"
#include "mlx/backend/metal/metal.h"
#include "mlx/einsum.h"
#include "mlx/mlx.h"

namespace node_mlx {

// The range 0 … start where only one bound was given; its dtype is that of its widest number.
inline mx::array arange(std::optional<Number> start, std::optional<Number> stop, std::optional<Number> step,
                        std::optional<mx::Dtype> dtype, mx::StreamOrDevice stream) {
  if (!stop) std::swap(start, stop);
  if (!stop) throw std::invalid_argument("[arange] A stop value is needed.");
  Number from = start.value_or(Number{0, stop->dtype});
  Number by = step.value_or(Number{1, stop->dtype});
  mx::Dtype promoted = mx::promote_types(from.dtype, mx::promote_types(stop->dtype, by.dtype));
  return mx::arange(from.value, stop->value, by.value, dtype.value_or(promoted), stream);
}

inline mx::fft::FFTNorm fft_norm(const std::string& norm, const char* function) {
  if (norm == "backward") return mx::fft::FFTNorm::Backward;
  if (norm == "ortho") return mx::fft::FFTNorm::Ortho;
  if (norm == "forward") return mx::fft::FFTNorm::Forward;
  throw std::invalid_argument("[" + std::string(function) +
                              "] norm must be 'backward', 'ortho' or 'forward', got '" + norm + "'.");
}

inline void check_fft_axes(bool has_sizes, bool has_axes, const char* function) {
  if (has_sizes && !has_axes) {
    throw std::invalid_argument("[" + std::string(function) + "] axes must be given where s is.");
  }
}

inline mx::array pad(const mx::array& a, const Lists& width, const mx::array& value, const std::string& mode,
                     mx::StreamOrDevice stream) {
  if (width.depth == 0) return mx::pad(a, width.items[0][0], value, mode, stream);
  auto as_pair = [](const std::vector<int>& list) {
    if (list.size() != 2) throw TypeError("pad(): every width must be a pair (before, after).");
    return std::pair<int, int>(list[0], list[1]);
  };
  if (width.depth == 1) {
    const auto& list = width.items[0];
    if (list.empty()) return mx::pad(a, std::vector<std::pair<int, int>>{}, value, mode, stream);
    return list.size() == 1 ? mx::pad(a, list[0], value, mode, stream)
                            : mx::pad(a, as_pair(list), value, mode, stream);
  }
  std::vector<std::pair<int, int>> pairs;
  for (const auto& list : width.items) pairs.push_back(as_pair(list));
  return pairs.size() == 1 ? mx::pad(a, pairs[0], value, mode, stream)
                           : mx::pad(a, pairs, value, mode, stream);
}

inline mx::array as_strided(const mx::array& a, const std::optional<mx::Shape>& shape,
                            const std::optional<mx::Strides>& strides, size_t offset,
                            mx::StreamOrDevice stream) {
  mx::Shape target = shape.value_or(a.shape());
  if (strides) return mx::as_strided(a, target, *strides, offset, stream);
  mx::Strides contiguous(target.size(), 1);
  for (int i = static_cast<int>(target.size()) - 1; i > 0; --i) contiguous[i - 1] = target[i] * contiguous[i];
  return mx::as_strided(a, target, contiguous, offset, stream);
}

inline mx::array roll(const mx::array& a, const std::vector<int>& shift, bool one_shift,
                      const std::optional<std::vector<int>>& axes, bool one_axis, mx::StreamOrDevice stream) {
  mx::Shape shifts(shift.begin(), shift.end());
  if (!axes) return one_shift ? mx::roll(a, shift[0], stream) : mx::roll(a, shifts, stream);
  if (one_axis && !one_shift) return mx::roll(a, shifts, (*axes)[0], stream);
  return one_shift ? mx::roll(a, shift[0], *axes, stream) : mx::roll(a, shifts, *axes, stream);
}

inline mx::array tensordot(const mx::array& a, const mx::array& b, const Lists& axes,
                           mx::StreamOrDevice stream) {
  if (axes.depth == 0) return mx::tensordot(a, b, axes.items[0][0], stream);
  if (axes.depth != 2 || axes.items.size() != 2) {
    throw std::invalid_argument("[tensordot] axes must be an int or two lists of ints.");
  }
  return mx::tensordot(a, b, axes.items[0], axes.items[1], stream);
}

// One int per spatial dimension, or one for all.
inline mx::array conv_general(const mx::array& input, const mx::array& weight, const std::vector<int>& stride,
                              const Lists& padding, const std::vector<int>& kernel_dilation,
                              const std::vector<int>& input_dilation, int groups, bool flip,
                              mx::StreamOrDevice stream) {
  const auto& low = padding.items.at(0);
  const auto& high = padding.depth == 2 ? padding.items.at(1) : low;
  return mx::conv_general(input, weight, stride, low, high, kernel_dilation, input_dilation, groups, flip,
                          stream);
}

// NumPy's convolution of two vectors by way of conv1d.
inline mx::array convolve(const mx::array& a, const mx::array& v, const std::string& mode,
                          mx::StreamOrDevice stream) {
  if (a.ndim() != 1 || v.ndim() != 1) throw std::invalid_argument("[convolve] Inputs must be vectors.");
  if (a.size() == 0 || v.size() == 0) throw std::invalid_argument("[convolve] Inputs cannot be empty.");
  const auto& [longer, shorter] = a.size() < v.size() ? std::tie(v, a) : std::tie(a, v);
  int size = static_cast<int>(shorter.size());
  mx::array weight = mx::slice(shorter, {size - 1}, {-size - 1}, {-1}, stream);
  mx::array input = mx::reshape(longer, {1, -1, 1}, stream);
  weight = mx::reshape(weight, {1, -1, 1}, stream);
  int padding = 0;
  if (mode == "full") {
    padding = size - 1;
  } else if (mode == "same" && size % 2 == 1) {
    padding = size / 2;
  } else if (mode == "same") {
    // An even kernel needs one more element before than after.
    int before = size / 2;
    std::vector<std::pair<int, int>> widths{{0, 0}, {before, std::max(0, before - 1)}, {0, 0}};
    input = mx::pad(input, widths, mx::array(0), "constant", stream);
  } else if (mode != "valid") {
    throw std::invalid_argument("[convolve] mode must be 'full', 'same' or 'valid', got '" + mode + "'.");
  }
  return mx::reshape(mx::conv1d(input, weight, 1, padding, 1, 1, stream), {-1}, stream);
}

inline mx::array norm(const mx::array& a, const Call::NumberOrString& order,
                      const std::optional<std::vector<int>>& axes, bool keepdims, mx::StreamOrDevice stream) {
  if (auto* text = std::get_if<std::string>(&order))
    return mx::linalg::norm(a, *text, axes, keepdims, stream);
  if (auto* number = std::get_if<double>(&order)) return mx::linalg::norm(a, *number, axes, keepdims, stream);
  return mx::linalg::norm(a, axes, keepdims, stream);
}

inline mx::array categorical(const mx::array& logits, int axis, const std::optional<mx::Shape>& shape,
                             const std::optional<int>& samples, const mx::array& key,
                             mx::StreamOrDevice stream) {
  if (shape && samples) throw std::invalid_argument("[categorical] Give shape or num_samples, not both.");
  if (shape) return mx::random::categorical(logits, axis, *shape, key, stream);
  if (samples) return mx::random::categorical(logits, axis, *samples, key, stream);
  return mx::random::categorical(logits, axis, key, stream);
}

inline mx::array attention(const mx::array& q, const mx::array& k, const mx::array& v, float scale,
                           const Call::ArrayOrString& mask, const std::optional<mx::array>& sinks,
                           bool force_fused, mx::StreamOrDevice stream) {
  std::optional<mx::array> array_mask;
  std::string mode;
  if (auto* text = std::get_if<std::string>(&mask)) {
    if (*text != "causal") {
      throw std::invalid_argument("[scaled_dot_product_attention] mask must be 'causal' or an array, got '" +
                                  *text + "'.");
    }
    mode = *text;
  } else if (auto* array = std::get_if<mx::array>(&mask)) {
    array_mask = *array;
  }
  return mx::fast::scaled_dot_product_attention(q, k, v, scale, mode, array_mask, sinks, force_fused, stream);
}

inline void synchronize(mx::StreamOrDevice stream) {
  EvaluationLock lock;
  if (std::holds_alternative<std::monostate>(stream)) {
    mx::synchronize();
  } else {
    mx::synchronize(mx::to_stream(stream));
  }
}

// Operators that Python refuses on floats where the function does not.
inline const mx::array& integral(const mx::array& a, const char* operation) {
  if (mx::issubdtype(a.dtype(), mx::inexact)) {
    throw std::invalid_argument("Floating point types not allowed with " + std::string(operation) + ".");
  }
  return a;
}

inline const mx::array& inexact(const mx::array& a, const char* operation) {
  if (!mx::issubdtype(a.dtype(), mx::inexact)) {
    throw std::invalid_argument(std::string(operation) + " cannot cast to a non-floating point type.");
  }
  return a;
}

}  // namespace node_mlx
