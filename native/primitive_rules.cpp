#include "primitive_rules.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <stdexcept>
#include <typeinfo>
#include <unordered_map>

#include "mlx/fast_primitives.h"
#include "mlx/primitives.h"

namespace node_mlx {

namespace {

using Arrays = std::vector<mx::array>;

// Checks build operations and never run them. The CPU can build all of them.
const mx::Device kDevice(mx::Device::cpu);

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

// ---- States ------------------------------------------------------------------------------------------

struct NoState {};

template <class Primitive>
auto state_type() {
  if constexpr (requires(const Primitive& primitive) { primitive.state(); }) {
    return std::type_identity<std::decay_t<decltype(std::declval<const Primitive&>().state())>>{};
  } else {
    return std::type_identity<NoState>{};
  }
}

template <class Primitive>
using State = typename decltype(state_type<Primitive>())::type;

template <class Primitive>
State<Primitive> read_state(FileCursor& cursor) {
  if constexpr (std::is_same_v<State<Primitive>, NoState>) {
    return {};
  } else {
    return cursor.read<State<Primitive>>();
  }
}

template <class Primitive>
State<Primitive> look_at_state(const mx::Primitive& primitive) {
  if constexpr (std::is_same_v<State<Primitive>, NoState>) {
    return {};
  } else {
    return static_cast<const Primitive&>(primitive).state();
  }
}

// ---- Kinds of rules ----------------------------------------------------------------------------------

bool same(const mx::array& a, const mx::array& b) { return a.shape() == b.shape() && a.dtype() == b.dtype(); }

Arrays as_list(mx::array value) { return {std::move(value)}; }
Arrays as_list(Arrays values) { return values; }
Arrays as_list(std::pair<mx::array, mx::array> values) { return {values.first, values.second}; }

// What MLX made of the inputs must be the operation itself on these very inputs (no cast, broadcast or
// reshape in between), or nothing at all, and equal to the outputs.
void require_equal(const Arrays& made, const Arrays& inputs, const Arrays& outputs) {
  require(made.size() == outputs.size(), "it has another number of outputs");
  for (size_t i = 0; i < made.size(); ++i)
    require(same(made[i], outputs[i]), "its outputs have another shape or dtype");
  if (made.size() == 1 && made[0].id() == inputs.at(0).id()) return;
  require(made.at(0).has_primitive(), "it is no operation");
  const Arrays& used = made[0].inputs();
  require(used.size() == inputs.size(), "it has another number of inputs");
  for (size_t i = 0; i < used.size(); ++i) require(used[i].id() == inputs[i].id(), "its inputs do not fit");
}

// `make` makes the operation again, of the state (where it takes one) and the inputs.
template <class Primitive, auto make>
NodeCheck remade(State<Primitive> state) {
  return [state = std::move(state)](const Arrays& inputs, const Arrays& outputs, bool runs) {
    if constexpr (std::is_invocable_v<decltype(make), const Arrays&>) {
      require_equal(as_list(make(inputs)), inputs, outputs);
    } else {
      require_equal(as_list(make(state, inputs)), inputs, outputs);
    }
  };
}

// `describe` checks state, inputs and outputs itself.
template <class Primitive, auto describe>
NodeCheck described(State<Primitive> state) {
  return [state = std::move(state)](const Arrays& inputs, const Arrays& outputs, bool runs) {
    if constexpr (std::is_invocable_v<decltype(describe), const Arrays&, const Arrays&>) {
      describe(inputs, outputs);
    } else if constexpr (std::is_invocable_v<decltype(describe), const State<Primitive>&, const Arrays&,
                                             const Arrays&>) {
      describe(state, inputs, outputs);
    } else {
      describe(state, inputs, outputs, runs);
    }
  };
}

using Rules = std::unordered_map<std::string, PrimitiveRule>;
using Row = Rules::value_type;

template <class Primitive, auto make>
Row again(const char* name) {
  return {name,
          {[](FileCursor& cursor) { return remade<Primitive, make>(read_state<Primitive>(cursor)); },
           [](const mx::Primitive& p) { return remade<Primitive, make>(look_at_state<Primitive>(p)); }}};
}

template <class Primitive, auto describe>
Row fits(const char* name) {
  return {
      name,
      {[](FileCursor& cursor) { return described<Primitive, describe>(read_state<Primitive>(cursor)); },
       [](const mx::Primitive& p) { return described<Primitive, describe>(look_at_state<Primitive>(p)); }}};
}

template <class Primitive, mx::array (*operation)(const mx::array&, mx::StreamOrDevice)>
Row unary(const char* name) {
  return again<Primitive, [](const Arrays& in) { return operation(in.at(0), kDevice); }>(name);
}

template <class Primitive, mx::array (*operation)(const mx::array&, const mx::array&, mx::StreamOrDevice)>
Row binary(const char* name) {
  return again<Primitive, [](const Arrays& in) { return operation(in.at(0), in.at(1), kDevice); }>(name);
}

// ---- What the rules share ----------------------------------------------------------------------------

void require_axis(int axis, const mx::array& a) {
  require(axis >= 0 && axis < static_cast<int>(a.ndim()), "an axis is out of range");
}

template <class Axes>
void require_axes(const Axes& axes, const mx::array& a) {
  for (auto axis : axes) require(static_cast<size_t>(axis) < a.ndim(), "an axis is out of range");
}

// Primitives take axes as they are, where operations put them in order first.
template <class Axes>
void require_sorted(const Axes& axes) {
  for (size_t i = 0; i < axes.size(); ++i) {
    require(axes[i] >= 0 && (i == 0 || axes[i - 1] < axes[i]), "its axes are not in order");
  }
}

void require_integral(const mx::array& a) {
  require(mx::issubdtype(a.dtype(), mx::integer), "its indices are no integers");
}

void require_matrices(const mx::array& a, const mx::array& b, const mx::array& out) {
  size_t n = a.ndim();
  require(n >= 2 && b.ndim() == n && out.ndim() == n, "its inputs are no matrices");
  for (size_t i = 0; i + 2 < n; ++i) {
    require(a.shape(i) == b.shape(i) && a.shape(i) == out.shape(i), "its batches do not fit");
  }
  require(a.shape(-1) == b.shape(-2) && out.shape(-2) == a.shape(-2) && out.shape(-1) == b.shape(-1),
          "its matrices do not fit");
  require(a.dtype() == b.dtype() && a.dtype() == out.dtype() && mx::issubdtype(a.dtype(), mx::inexact),
          "its dtypes do not fit");
}

// Each place of a slice lies in the array.
void require_slice(const mx::Shape& start, const mx::Shape& strides, const mx::array& a,
                   const mx::array& part) {
  require(start.size() == a.ndim() && strides.size() == a.ndim() && part.ndim() == a.ndim(),
          "its bounds do not fit");
  require(part.dtype() == a.dtype(), "its dtypes do not fit");
  if (part.size() == 0) return;
  for (size_t i = 0; i < a.ndim(); ++i) {
    int64_t last = start[i] + (part.shape(i) - int64_t{1}) * strides[i];
    require(start[i] >= 0 && start[i] < a.shape(i) && last >= 0 && last < a.shape(i),
            "it reaches out of the array");
  }
}

// Equal shapes but for one axis.
void require_along(int axis, const mx::array& a, const mx::array& b) {
  require_axis(axis, a);
  require(a.ndim() == b.ndim(), "its dimensions do not fit");
  for (int i = 0; i < static_cast<int>(a.ndim()); ++i) {
    require(i == axis || a.shape(i) == b.shape(i), "its shapes do not fit");
  }
}

void require_scatter(const std::vector<int>& axes, const Arrays& inputs, const Arrays& outputs) {
  require(inputs.size() == axes.size() + 2 && outputs.size() == 1, "it has another number of inputs");
  const mx::array& a = inputs.front();
  const mx::array& updates = inputs.back();
  Arrays indices(inputs.begin() + 1, inputs.end() - 1);
  require(same(a, outputs[0]), "its output does not fit");
  require(updates.dtype() == a.dtype(), "its dtypes do not fit");
  for (const mx::array& index : indices)
    require(same(index, indices[0]), "its indices do not fit each other");
  // Checks axes, shapes and dtypes.
  mx::scatter(a, indices, updates, axes, kDevice);
}

const char* mode_name(mx::QuantizationMode mode) {
  static const char* const names[] = {"affine", "mxfp4", "mxfp8", "nvfp4"};
  auto index = static_cast<size_t>(mode);
  require(index < std::size(names), "its mode is unknown");
  return names[index];
}

void require_quantization(int group_size, int bits) {
  require(group_size > 0 && group_size <= 1024 && bits > 0 && bits <= 32,
          "its group size or bits are impossible");
}

// ---- The rules ---------------------------------------------------------------------------------------

mx::array reduction(mx::Reduce::ReduceType type, const std::vector<int>& axes, const mx::array& a) {
  switch (type) {
    case mx::Reduce::And:
      return mx::all(a, axes, true, kDevice);
    case mx::Reduce::Or:
      return mx::any(a, axes, true, kDevice);
    case mx::Reduce::Sum:
      return mx::sum(a, axes, true, kDevice);
    case mx::Reduce::Prod:
      return mx::prod(a, axes, true, kDevice);
    case mx::Reduce::Min:
      return mx::min(a, axes, true, kDevice);
    case mx::Reduce::Max:
      return mx::max(a, axes, true, kDevice);
  }
  throw std::runtime_error("it is unknown");
}

void reduce(const std::pair<mx::Reduce::ReduceType, std::vector<int>>& state, const Arrays& in,
            const Arrays& out, bool runs) {
  const auto& [type, axes] = state;
  require(in.size() == 1, "it has another number of inputs");
  require_sorted(axes);
  require_axes(axes, in[0]);
  // MLX leaves such a reduction out, except in shapeless functions, and its CPU code would crash.
  bool is_nothing = std::all_of(axes.begin(), axes.end(), [&](int axis) { return in[0].shape(axis) == 1; });
  require(!runs || !is_nothing || axes.size() == in[0].ndim(), "MLX cannot run it over axes of size 1");
  require_equal({reduction(type, axes, in[0])}, in, out);
}

mx::array scan(const State<mx::Scan>& state, const Arrays& in) {
  auto [type, axis, reverse, inclusive] = state;
  require_axis(axis, in.at(0));
  switch (type) {
    case mx::Scan::Sum:
      return mx::cumsum(in[0], axis, reverse, inclusive, std::nullopt, kDevice);
    case mx::Scan::Prod:
      return mx::cumprod(in[0], axis, reverse, inclusive, std::nullopt, kDevice);
    case mx::Scan::Max:
      return mx::cummax(in[0], axis, reverse, inclusive, kDevice);
    case mx::Scan::Min:
      return mx::cummin(in[0], axis, reverse, inclusive, kDevice);
    case mx::Scan::LogAddExp:
      return mx::logcumsumexp(in[0], axis, reverse, inclusive, kDevice);
  }
  throw std::runtime_error("it is unknown");
}

void arg_reduce(const std::pair<mx::ArgReduce::ReduceType, int>& state, const Arrays& in, const Arrays& out) {
  auto [type, axis] = state;
  require(type == mx::ArgReduce::ArgMin || type == mx::ArgReduce::ArgMax, "it is unknown");
  require(in.size() == 1 && out.size() == 1, "it has another number of inputs");
  require_axis(axis, in[0]);
  mx::Shape expected = in[0].shape();
  require(expected[axis] > 0, "it is empty");
  expected[axis] = 1;
  require(out[0].shape() == expected && out[0].dtype() == mx::uint32, "its output does not fit");
}

mx::array bitwise(const mx::BitwiseBinary::Op& op, const Arrays& in) {
  switch (op) {
    case mx::BitwiseBinary::And:
      return mx::bitwise_and(in.at(0), in.at(1), kDevice);
    case mx::BitwiseBinary::Or:
      return mx::bitwise_or(in.at(0), in.at(1), kDevice);
    case mx::BitwiseBinary::Xor:
      return mx::bitwise_xor(in.at(0), in.at(1), kDevice);
    case mx::BitwiseBinary::LeftShift:
      return mx::left_shift(in.at(0), in.at(1), kDevice);
    case mx::BitwiseBinary::RightShift:
      return mx::right_shift(in.at(0), in.at(1), kDevice);
  }
  throw std::runtime_error("it is unknown");
}

mx::array logarithm(const mx::Log::Base& base, const Arrays& in) {
  if (base == mx::Log::two) return mx::log2(in.at(0), kDevice);
  if (base == mx::Log::ten) return mx::log10(in.at(0), kDevice);
  require(base == mx::Log::e, "its base is unknown");
  return mx::log(in.at(0), kDevice);
}

void strided(const State<mx::AsStrided>& state, const Arrays& in, const Arrays& out) {
  const auto& [shape, strides, offset] = state;
  require(in.size() == 1 && out.size() == 1 && out[0].shape() == shape && strides.size() == shape.size() &&
              out[0].dtype() == in[0].dtype(),
          "its shapes do not fit");
  if (out[0].size() == 0) return;
  __int128 lowest = offset, highest = offset;
  for (size_t i = 0; i < shape.size(); ++i) {
    __int128 reach = static_cast<__int128>(strides[i]) * (shape[i] - 1);
    (reach < 0 ? lowest : highest) += reach;
  }
  require(lowest >= 0 && highest < static_cast<__int128>(in[0].size()), "it reaches out of the array");
}

void broadcast(const mx::Shape&, const Arrays& in, const Arrays& out) {
  // The other inputs only tell the shape.
  require(!in.empty() && out.size() == 1 && out[0].dtype() == in[0].dtype(), "its inputs do not fit");
  mx::Shape shape = mx::broadcast_shapes(in[0].shape(), out[0].shape());
  require(shape == out[0].shape(), "its shapes do not fit");
}

void broadcast_axes(const std::vector<int>& ignored, const Arrays& in, const Arrays& out) {
  require(!in.empty() && out.size() == 1 && out[0].dtype() == in[0].dtype(), "its inputs do not fit");
  // Axes count from the end, in order.
  for (size_t i = 0; i < ignored.size(); ++i) {
    require(ignored[i] < 0 && (i == 0 || ignored[i - 1] < ignored[i]), "its axes are not in order");
  }
  mx::Shape expected;
  for (const mx::array& a : in) {
    mx::Shape rest;
    for (int i = 0; i < static_cast<int>(a.ndim()); ++i) {
      bool is_ignored =
          std::find(ignored.begin(), ignored.end(), i - static_cast<int>(a.ndim())) != ignored.end();
      if (!is_ignored) rest.push_back(a.shape(i));
    }
    require(rest.size() + ignored.size() == a.ndim(), "an axis is out of range");
    expected = mx::broadcast_shapes(expected, rest);
  }
  size_t dimensions = expected.size() + ignored.size();
  for (int axis : ignored) {
    require(static_cast<size_t>(-axis) <= dimensions, "an axis is out of range");
    expected.insert(expected.begin() + (static_cast<int>(dimensions) + axis), in[0].shape(axis));
  }
  require(out[0].shape() == expected, "its shapes do not fit");
}

void block_masked(int block_size, const Arrays& in, const Arrays& out) {
  require(in.size() >= 2 && in.size() <= 5 && out.size() == 1, "it has another number of inputs");
  require_matrices(in[0], in[1], out[0]);
  std::optional<mx::array> mask_out, mask_lhs, mask_rhs;
  if (in.size() == 3 || in.size() == 5) mask_out = in[2];
  if (in.size() >= 4) {
    mask_lhs = in[in.size() - 2];
    mask_rhs = in[in.size() - 1];
    require(mask_lhs->dtype() == mask_rhs->dtype(), "its masks do not fit");
  }
  mx::array made = mx::block_masked_mm(in[0], in[1], block_size, mask_out, mask_lhs, mask_rhs, kDevice);
  require_equal({made}, in, out);
}

void convolution(const State<mx::Convolution>& state, const Arrays& in, const Arrays& out) {
  const auto& [strides, low, high, kernel_dilation, input_dilation, groups, flip] = state;
  require(in.size() == 2, "it has another number of inputs");
  size_t spatial = in[0].ndim() < 2 ? 0 : in[0].ndim() - 2;
  for (const auto* list : {&strides, &low, &high, &kernel_dilation, &input_dilation}) {
    require(list->size() == spatial, "its parameters do not fit its dimensions");
  }
  for (const auto* list : {&strides, &kernel_dilation, &input_dilation}) {
    for (int value : *list) require(value > 0 && value < 1 << 20, "its strides are impossible");
  }
  for (const auto* list : {&low, &high}) {
    for (int value : *list) require(value >= 0 && value < 1 << 24, "its padding is impossible");
  }
  require(groups > 0, "its groups are impossible");
  require_equal({mx::conv_general(in[0], in[1], strides, low, high, kernel_dilation, input_dilation, groups,
                                  flip, kDevice)},
                in, out);
}

void depends(const Arrays& in, const Arrays& out) {
  require(in.size() >= out.size(), "it has another number of outputs");
  for (size_t i = 0; i < out.size(); ++i) require(same(in[i], out[i]), "its outputs do not fit");
}

void transform(const State<mx::FFT>& state, const Arrays& in, const Arrays& out) {
  const auto& [axes, inverse, real, odd] = state;
  require(in.size() == 1 && out.size() == 1 && !axes.empty(), "it has another number of inputs");
  require_axes(axes, in[0]);
  require(in[0].dtype() == (real && !inverse ? mx::float32 : mx::complex64) &&
              out[0].dtype() == (real && inverse ? mx::float32 : mx::complex64),
          "its dtypes do not fit");
  mx::Shape expected = in[0].shape();
  for (auto axis : axes) require(expected[axis] > 0, "it is empty");
  int& n = expected[axes.back()];
  if (real) n = inverse ? 2 * (n - 1) + (odd ? 1 : 0) : n / 2 + 1;
  require(out[0].shape() == expected && n > 0, "its shapes do not fit");
}

void gather_axis(int axis, const Arrays& in, const Arrays& out) {
  require(in.size() == 2 && out.size() == 1, "it has another number of inputs");
  require_along(axis, in[0], in[1]);
  require_integral(in[1]);
  require(out[0].shape() == in[1].shape() && out[0].dtype() == in[0].dtype(), "its output does not fit");
}

void scatter_axis(const std::pair<mx::ScatterAxis::ReduceType, int>& state, const Arrays& in,
                  const Arrays& out) {
  auto [type, axis] = state;
  require(type == mx::ScatterAxis::Sum || type == mx::ScatterAxis::None, "it is unknown");
  require(in.size() == 3 && out.size() == 1, "it has another number of inputs");
  require_along(axis, in[0], in[1]);
  require_integral(in[1]);
  require(in[2].shape() == in[1].shape() && in[2].dtype() == in[0].dtype() && same(out[0], in[0]),
          "its updates do not fit");
}

void scatter(const std::pair<mx::Scatter::ReduceType, std::vector<int>>& state, const Arrays& in,
             const Arrays& out) {
  require(state.first >= mx::Scatter::Max && state.first <= mx::Scatter::None, "it is unknown");
  require_scatter(state.second, in, out);
}

void masked_scatter(const Arrays& in, const Arrays& out) {
  require(in.size() == 3 && out.size() == 1 && same(in[0], out[0]), "its inputs do not fit");
  const mx::array &target = in[0], &mask = in[1], &source = in[2];
  require(mask.dtype() == mx::bool_ && mask.shape() == target.shape(), "its mask does not fit");
  require(source.dtype() == target.dtype() && source.ndim() >= 1 && target.ndim() >= 1 &&
              source.shape(0) == target.shape(0),
          "its values do not fit");
}

mx::array gather(const std::pair<std::vector<int>, mx::Shape>& state, const Arrays& in) {
  return mx::gather(in.at(0), Arrays(in.begin() + 1, in.end()), state.first, state.second, kDevice);
}

void gather_matrices(const std::pair<bool, bool>&, const Arrays& in, const Arrays& out) {
  require(in.size() == 4, "it has another number of inputs");
  require(in[0].ndim() >= 2 && in[1].ndim() >= 2, "its inputs are no matrices");
  require(in[2].dtype() == mx::uint32 && in[3].dtype() == mx::uint32, "its indices do not fit");
  require_equal({mx::gather_mm(in[0], in[1], in[2], in[3], false, kDevice)}, in, out);
}

void slice(const State<mx::Slice>& state, const Arrays& in, const Arrays& out) {
  require(in.size() == 1 && out.size() == 1, "it has another number of inputs");
  require_slice(std::get<0>(state), std::get<2>(state), in[0], out[0]);
}

void slice_update(const State<mx::SliceUpdate>& state, const Arrays& in, const Arrays& out) {
  const auto& [type, start, stop, strides] = state;
  require(type >= mx::SliceUpdate::Max && type <= mx::SliceUpdate::None, "it is unknown");
  require(in.size() == 2 && out.size() == 1 && same(in[0], out[0]), "its inputs do not fit");
  require_slice(start, strides, in[0], in[1]);
}

void dynamic_slice(const std::pair<std::vector<int>, mx::Shape>& state, const Arrays& in, const Arrays& out) {
  require(in.size() == 2, "it has another number of inputs");
  require_axes(state.first, in[0]);
  require_equal({mx::slice(in[0], in[1], state.first, state.second, kDevice)}, in, out);
}

void dynamic_slice_update(const std::vector<int>& axes, const Arrays& in, const Arrays& out) {
  require(in.size() == 3, "it has another number of inputs");
  require_axes(axes, in[0]);
  require_equal({mx::slice_update(in[0], in[1], in[2], axes, kDevice)}, in, out);
}

void split(const std::pair<mx::Shape, int>& state, const Arrays& in, const Arrays& out) {
  require(in.size() == 1, "it has another number of inputs");
  require_axis(state.second, in[0]);
  require_equal(mx::split(in[0], state.first, state.second, kDevice), in, out);
}

void arange(const std::tuple<double, double, double>&, const Arrays& in, const Arrays& out) {
  require(in.empty() && out.size() == 1 && out[0].ndim() == 1 && out[0].dtype() != mx::bool_,
          "its output does not fit");
}

void random_bits(const std::pair<mx::Shape, int>& state, const Arrays& in, const Arrays& out) {
  require(in.size() == 1 && out.size() == 1, "it has another number of inputs");
  const mx::array& keys = in[0];
  require(keys.dtype() == mx::uint32 && keys.ndim() >= 1 && keys.shape(-1) == 2 && keys.size() > 0,
          "its keys do not fit");
  mx::Dtype dtype = out[0].dtype();
  require((dtype == mx::uint8 || dtype == mx::uint16 || dtype == mx::uint32) && state.second == dtype.size(),
          "its dtype does not fit");
  // Each key fills an equal part.
  require(out[0].shape() == state.first && out[0].size() % (keys.size() / 2) == 0, "its shape does not fit");
}

void number_of_elements(const State<mx::NumberOfElements>& state, const Arrays& in, const Arrays& out) {
  require(in.size() == 1 && out.size() == 1 && out[0].ndim() == 0 && out[0].dtype() == std::get<2>(state),
          "its output does not fit");
  require_axes(std::get<0>(state), in[0]);
}

void quantized_matmul(const State<mx::QuantizedMatmul>& state, const Arrays& in, const Arrays& out) {
  auto [group_size, bits, mode, transpose] = state;
  require_quantization(group_size, bits);
  bool affine = mode == mx::QuantizationMode::Affine;
  require(in.size() == (affine ? 4u : 3u), "it has another number of inputs");
  auto biases = affine ? std::optional(in[3]) : std::nullopt;
  require_equal({mx::quantized_matmul(in[0], in[1], in[2], biases, transpose, group_size, bits,
                                      mode_name(mode), kDevice)},
                in, out);
}

void gather_quantized(const State<mx::GatherQMM>& state, const Arrays& in, const Arrays& out) {
  auto [group_size, bits, mode, transpose, left_sorted, right_sorted] = state;
  require_quantization(group_size, bits);
  size_t scales = mode == mx::QuantizationMode::Affine ? 2 : 1;
  require(in.size() == 4 + scales && out.size() == 1, "it has another number of inputs");
  require(in[0].ndim() >= 2 && in[1].ndim() >= 2, "its inputs are no matrices");
  const mx::array &left = in[2 + scales], &right = in[3 + scales];
  require(left.dtype() == mx::uint32 && right.dtype() == mx::uint32, "its indices do not fit");
  auto biases = scales == 2 ? std::optional(in[3]) : std::nullopt;
  mx::array made = mx::gather_qmm(in[0], in[1], in[2], biases, left, right, transpose, group_size, bits,
                                  mode_name(mode), std::nullopt, false, kDevice);
  require_equal({made}, in, out);
}

void quantize(const State<mx::fast::Quantize>& state, const Arrays& in, const Arrays& out) {
  auto [nothing, group_size, bits, mode, dequantizes] = state;
  require_quantization(group_size, bits);
  bool affine = mode == mx::QuantizationMode::Affine;
  if (!dequantizes) {
    require(in.size() == 1, "it has another number of inputs");
    require_equal(mx::quantize(in[0], group_size, bits, mode_name(mode), std::nullopt, kDevice), in, out);
    return;
  }
  require(in.size() == (affine ? 3u : 2u) && out.size() == 1, "it has another number of inputs");
  auto biases = affine ? std::optional(in[2]) : std::nullopt;
  require_equal({mx::dequantize(in[0], in[1], biases, group_size, bits, mode_name(mode), std::nullopt,
                                out[0].dtype(), kDevice)},
                in, out);
}

// Operations that only a GPU has: outputs like the first inputs.
void like_inputs(const Arrays& in, const Arrays& out) {
  require(in.size() >= out.size(), "it has another number of inputs");
  for (size_t i = 0; i < out.size(); ++i) require(same(in[i], out[i]), "its outputs do not fit");
}

void norm(const std::pair<std::nullptr_t, float>&, const Arrays& in, const Arrays& out) {
  require(in.size() >= 2 && out.size() == 1 && in[0].ndim() >= 1, "it has another number of inputs");
  for (size_t i = 1; i < in.size(); ++i) {
    bool fits = in[i].ndim() == 0 || (in[i].ndim() == 1 && in[i].shape(0) == in[0].shape(-1));
    require(fits && in[i].dtype() == in[0].dtype(), "its weights do not fit");
  }
  like_inputs(in, out);
}

void norm_vjp(const std::pair<std::nullptr_t, float>& state, const Arrays& in, const Arrays& out) {
  require(in.size() >= 3 && out.size() == in.size() - 1 && same(in.front(), in.back()),
          "its inputs do not fit");
  norm(state, Arrays(in.begin(), in.end() - 1), {out[0]});
  like_inputs(in, out);
}

void rope(const State<mx::fast::RoPE>& state, const Arrays& in, const Arrays& out) {
  require((in.size() == 2 || in.size() == 3) && out.size() == 1 && same(in[0], out[0]),
          "its inputs do not fit");
  int dims = std::get<1>(state);
  require(in[0].ndim() >= 3 && dims > 0 && dims <= in[0].shape(-1), "its dimensions do not fit");
}

void attention(const State<mx::fast::ScaledDotProductAttention>& state, const Arrays& in, const Arrays& out) {
  require(in.size() >= 3 && in.size() <= 5 && (out.size() == 1 || out.size() == 2), "its inputs do not fit");
  const mx::array &q = in[0], &k = in[1], &v = in[2];
  require(q.ndim() == 4 && k.ndim() == 4 && v.ndim() == 4 && k.dtype() == q.dtype() && v.dtype() == q.dtype(),
          "its inputs do not fit");
  require(k.shape(0) == q.shape(0) && v.shape(0) == q.shape(0) && k.shape(1) == v.shape(1) &&
              k.shape(1) > 0 && q.shape(1) % k.shape(1) == 0 && k.shape(2) == v.shape(2) &&
              k.shape(3) == q.shape(3),
          "its shapes do not fit");
  require(out[0].dtype() == q.dtype() &&
              out[0].shape() == mx::Shape{q.shape(0), q.shape(1), q.shape(2), v.shape(3)},
          "its output does not fit");
}

// A kernel of the user's own: nobody knows what it does.
void custom_kernel(const State<mx::fast::CustomKernel>&, const Arrays&, const Arrays&) {}

const Rules& rules() {
  static const Rules table{
      // One array in, one out.
      fits<mx::Abs,
           [](const Arrays& in, const Arrays& out) {
             // Of complex numbers too: a cast to real ones follows.
             require(in.size() == 1 && out.size() == 1 && same(in[0], out[0]), "its output does not fit");
           }>("Abs"),
      unary<mx::ArcCos, mx::arccos>("ArcCos"),
      unary<mx::ArcCosh, mx::arccosh>("ArcCosh"),
      unary<mx::ArcSin, mx::arcsin>("ArcSin"),
      unary<mx::ArcSinh, mx::arcsinh>("ArcSinh"),
      unary<mx::ArcTan, mx::arctan>("ArcTan"),
      unary<mx::ArcTanh, mx::arctanh>("ArcTanh"),
      unary<mx::Ceil, mx::ceil>("Ceil"),
      unary<mx::Conjugate, mx::conjugate>("Conjugate"),
      unary<mx::Cos, mx::cos>("Cos"),
      unary<mx::Cosh, mx::cosh>("Cosh"),
      unary<mx::Erf, mx::erf>("Erf"),
      unary<mx::ErfInv, mx::erfinv>("ErfInv"),
      unary<mx::Exp, mx::exp>("Exp"),
      unary<mx::Expm1, mx::expm1>("Expm1"),
      unary<mx::Floor, mx::floor>("Floor"),
      unary<mx::Imag, mx::imag>("Imag"),
      unary<mx::Log1p, mx::log1p>("Log1p"),
      unary<mx::LogicalNot, mx::logical_not>("LogicalNot"),
      unary<mx::Negative, mx::negative>("Negative"),
      unary<mx::Real, mx::real>("Real"),
      unary<mx::Round, mx::round>("Round"),
      unary<mx::Sigmoid, mx::sigmoid>("Sigmoid"),
      unary<mx::Sign, mx::sign>("Sign"),
      unary<mx::Sin, mx::sin>("Sin"),
      unary<mx::Sinh, mx::sinh>("Sinh"),
      unary<mx::Square, mx::square>("Square"),
      unary<mx::StopGradient, mx::stop_gradient>("StopGradient"),
      unary<mx::Tan, mx::tan>("Tan"),
      unary<mx::Tanh, mx::tanh>("Tanh"),
      again<mx::Copy, [](const Arrays& in) { return mx::copy(in.at(0), kDevice); }>("Copy"),
      again<mx::Log, logarithm>("Log"),
      again<mx::Sqrt,
            [](bool reciprocal, const Arrays& in) {
              return reciprocal ? mx::rsqrt(in.at(0), kDevice) : mx::sqrt(in.at(0), kDevice);
            }>("Sqrt"),
      again<mx::AsType,
            [](mx::Dtype dtype, const Arrays& in) { return mx::astype(in.at(0), dtype, kDevice); }>("AsType"),
      again<mx::View, [](mx::Dtype dtype, const Arrays& in) { return mx::view(in.at(0), dtype, kDevice); }>(
          "View"),
      again<mx::Hadamard,
            [](float scale, const Arrays& in) { return mx::hadamard_transform(in.at(0), scale, kDevice); }>(
          "Hadamard"),

      // Two or three arrays of equal shape.
      binary<mx::Add, mx::add>("Add"),
      binary<mx::ArcTan2, mx::arctan2>("ArcTan2"),
      binary<mx::Divide, mx::divide>("Divide"),
      binary<mx::FloorDivide, mx::floor_divide>("FloorDivide"),
      binary<mx::Greater, mx::greater>("Greater"),
      binary<mx::GreaterEqual, mx::greater_equal>("GreaterEqual"),
      binary<mx::Less, mx::less>("Less"),
      binary<mx::LessEqual, mx::less_equal>("LessEqual"),
      binary<mx::LogAddExp, mx::logaddexp>("LogAddExp"),
      binary<mx::LogicalAnd, mx::logical_and>("LogicalAnd"),
      binary<mx::LogicalOr, mx::logical_or>("LogicalOr"),
      binary<mx::Maximum, mx::maximum>("Maximum"),
      binary<mx::Minimum, mx::minimum>("Minimum"),
      binary<mx::Multiply, mx::multiply>("Multiply"),
      binary<mx::NotEqual, mx::not_equal>("NotEqual"),
      binary<mx::Power, mx::power>("Power"),
      binary<mx::Remainder, mx::remainder>("Remainder"),
      binary<mx::Subtract, mx::subtract>("Subtract"),
      again<mx::BitwiseBinary, bitwise>("BitwiseBinary"),
      again<mx::DivMod, [](const Arrays& in) { return mx::divmod(in.at(0), in.at(1), kDevice); }>("DivMod"),
      again<mx::Equal, [](const Arrays& in) { return mx::equal(in.at(0), in.at(1), kDevice); }>("Equal"),
      again<mx::Select, [](const Arrays& in) { return mx::where(in.at(0), in.at(1), in.at(2), kDevice); }>(
          "Select"),

      // Shapes.
      fits<mx::AsStrided, strided>("AsStrided"),
      fits<mx::Broadcast, broadcast>("Broadcast"),
      fits<mx::BroadcastAxes, broadcast_axes>("BroadcastAxes"),
      again<mx::Concatenate,
            [](int axis, const Arrays& in) {
              require_axis(axis, in.at(0));
              return mx::concatenate(in, axis, kDevice);
            }>("Concatenate"),
      fits<mx::Depends, depends>("Depends"),
      again<mx::ExpandDims,
            [](const std::vector<int>& axes, const Arrays& in) {
              require_sorted(axes);
              return mx::expand_dims(in.at(0), axes, kDevice);
            }>("ExpandDims"),
      again<mx::Flatten,
            [](const std::pair<int, int>& range, const Arrays& in) {
              require_axis(range.first, in.at(0));
              require_axis(range.second, in.at(0));
              return mx::flatten(in[0], range.first, range.second, kDevice);
            }>("Flatten"),
      again<mx::Full,
            [](const Arrays& in) { return mx::full(in.at(0).shape(), in[0], in[0].dtype(), kDevice); }>(
          "Full"),
      fits<mx::NumberOfElements, number_of_elements>("NumberOfElements"),
      again<mx::Pad,
            [](const State<mx::Pad>& state, const Arrays& in) {
              const auto& [axes, low, high] = state;
              int dimensions = static_cast<int>(in.at(0).ndim());
              for (int axis : axes)
                require(axis >= -dimensions && axis < dimensions, "an axis is out of range");
              require(in.size() == 2 && in[1].ndim() == 0, "its value is no scalar");
              return mx::pad(in[0], axes, low, high, in[1], "constant", kDevice);
            }>("Pad"),
      again<mx::Reshape, [](const mx::Shape& shape,
                            const Arrays& in) { return mx::reshape(in.at(0), shape, kDevice); }>("Reshape"),
      fits<mx::Split, split>("Split"),
      again<mx::Squeeze,
            [](const std::vector<int>& axes, const Arrays& in) {
              require_sorted(axes);
              return mx::squeeze(in.at(0), axes, kDevice);
            }>("Squeeze"),
      again<mx::Transpose,
            [](const std::vector<int>& axes, const Arrays& in) {
              require_axes(axes, in.at(0));
              return mx::transpose(in[0], axes, kDevice);
            }>("Transpose"),
      again<mx::Unflatten,
            [](const std::pair<int, mx::Shape>& state, const Arrays& in) {
              require_axis(state.first, in.at(0));
              return mx::unflatten(in[0], state.first, state.second, kDevice);
            }>("Unflatten"),

      // Reductions, scans, sorting.
      again<mx::ArgPartition,
            [](const std::pair<int, int>& state, const Arrays& in) {
              require(state.first >= 0, "its position is out of range");
              require_axis(state.second, in.at(0));
              return mx::argpartition(in[0], state.first, state.second, kDevice);
            }>("ArgPartition"),
      fits<mx::ArgReduce, arg_reduce>("ArgReduce"),
      again<mx::ArgSort,
            [](int axis, const Arrays& in) {
              require_axis(axis, in.at(0));
              return mx::argsort(in[0], axis, kDevice);
            }>("ArgSort"),
      again<mx::LogSumExp, [](const Arrays& in) { return mx::logsumexp(in.at(0), -1, true, kDevice); }>(
          "LogSumExp"),
      again<mx::Partition,
            [](const std::pair<int, int>& state, const Arrays& in) {
              require(state.first >= 0, "its position is out of range");
              require_axis(state.second, in.at(0));
              return mx::partition(in[0], state.first, state.second, kDevice);
            }>("Partition"),
      fits<mx::Reduce, reduce>("Reduce"),
      again<mx::Scan, scan>("Scan"),
      again<mx::SearchSorted,
            [](bool right, const Arrays& in) {
              return mx::searchsorted(in.at(0), in.at(1), right ? "right" : "left", kDevice);
            }>("SearchSorted"),
      again<mx::Softmax,
            [](bool precise, const Arrays& in) { return mx::softmax(in.at(0), -1, precise, kDevice); }>(
          "Softmax"),
      again<mx::Sort,
            [](int axis, const Arrays& in) {
              require_axis(axis, in.at(0));
              return mx::sort(in[0], axis, kDevice);
            }>("Sort"),

      // Indexing.
      fits<mx::DynamicSlice, dynamic_slice>("DynamicSlice"),
      fits<mx::DynamicSliceUpdate, dynamic_slice_update>("DynamicSliceUpdate"),
      again<mx::Gather, gather>("Gather"),
      fits<mx::GatherAxis, gather_axis>("GatherAxis"),
      fits<mx::MaskedScatter, masked_scatter>("MaskedScatter"),
      fits<mx::Scatter, scatter>("Scatter"),
      fits<mx::ScatterAxis, scatter_axis>("ScatterAxis"),
      fits<mx::Slice, slice>("Slice"),
      fits<mx::SliceUpdate, slice_update>("SliceUpdate"),

      // Matrices.
      fits<mx::AddMM,
           [](const std::pair<float, float>&, const Arrays& in, const Arrays& out) {
             require(in.size() == 3 && out.size() == 1 && same(in[2], out[0]), "its inputs do not fit");
             require_matrices(in[0], in[1], out[0]);
           }>("AddMM"),
      fits<mx::BlockMaskedMM, block_masked>("BlockMaskedMM"),
      again<mx::Cholesky,
            [](bool upper, const Arrays& in) { return mx::linalg::cholesky(in.at(0), upper, kDevice); }>(
          "Cholesky"),
      fits<mx::Convolution, convolution>("Convolution"),
      again<mx::Eig,
            [](bool vectors, const Arrays& in) {
              return vectors ? as_list(mx::linalg::eig(in.at(0), kDevice))
                             : as_list(mx::linalg::eigvals(in.at(0), kDevice));
            }>("Eig"),
      again<mx::Eigh,
            [](const std::pair<std::string, bool>& state, const Arrays& in) {
              return state.second ? as_list(mx::linalg::eigh(in.at(0), state.first, kDevice))
                                  : as_list(mx::linalg::eigvalsh(in.at(0), state.first, kDevice));
            }>("Eigh"),
      fits<mx::GatherMM, gather_matrices>("GatherMM"),
      fits<mx::GatherQMM, gather_quantized>("GatherQMM"),
      again<mx::Inverse,
            [](const std::pair<bool, bool>& state, const Arrays& in) {
              return state.first ? mx::linalg::tri_inv(in.at(0), state.second, kDevice)
                                 : mx::linalg::inv(in.at(0), kDevice);
            }>("Inverse"),
      fits<mx::Matmul,
           [](const Arrays& in, const Arrays& out) {
             require(in.size() == 2 && out.size() == 1, "it has another number of inputs");
             require_matrices(in[0], in[1], out[0]);
           }>("Matmul"),
      again<mx::QRF, [](const Arrays& in) { return mx::linalg::qr(in.at(0), kDevice); }>("QRF"),
      fits<mx::QuantizedMatmul, quantized_matmul>("QuantizedMatmul"),
      again<mx::SVD, [](bool vectors,
                        const Arrays& in) { return mx::linalg::svd(in.at(0), vectors, kDevice); }>("SVD"),

      // Other.
      fits<mx::Arange, arange>("Arange"),
      fits<mx::FFT, transform>("FFT"),
      fits<mx::RandomBits, random_bits>("RandomBits"),
      fits<mx::fast::CustomKernel, custom_kernel>("CustomKernel"),
      fits<mx::fast::LayerNorm, norm>("LayerNorm"),
      fits<mx::fast::LayerNormVJP, norm_vjp>("LayerNormVJP"),
      fits<mx::fast::Quantize, quantize>("Quantize"),
      fits<mx::fast::RMSNorm, norm>("RMSNorm"),
      fits<mx::fast::RMSNormVJP, norm_vjp>("RMSNormVJP"),
      fits<mx::fast::RoPE, rope>("RoPE"),
      fits<mx::fast::ScaledDotProductAttention, attention>("ScaledDotProductAttention"),
  };
  return table;
}

}  // namespace

const PrimitiveRule* find_rule(const std::string& name) {
  auto found = rules().find(name);
  return found == rules().end() ? nullptr : &found->second;
}

std::string class_name(const mx::Primitive& primitive) {
  std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(typeid(primitive).name(), nullptr, nullptr, nullptr), &std::free);
  std::string name = text ? text.get() : "";
  return name.substr(name.rfind(':') + 1);
}

void check_rule(const std::string& name, const NodeCheck& check, const Arrays& inputs, const Arrays& outputs,
                bool runs) {
  try {
    check(inputs, outputs, runs);
  } catch (const std::exception& problem) {
    throw std::runtime_error("an operation " + name + " is impossible: " + problem.what());
  } catch (...) {
    throw std::runtime_error("an operation " + name + " is impossible");
  }
}

}  // namespace node_mlx
