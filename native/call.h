// Call: one call from JavaScript, with typed access to its registers and typed ways to return.
//
// The generated glue reads like the C++ call that it makes:
//
//   void sum(Call& call) {
//     const mx::array& a = call.array(0);
//     call.result(mx::sum(a, call.axes(1, a), call.boolean(2), call.stream(3)));
//   }
//
// JavaScript has checked and converted every argument before (js/arguments.ts); what is checked again here is
// only what could otherwise crash: handles. Errors are C++ exceptions (errors.h).
#pragma once

#include <node_api.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "environment.h"
#include "mlx/mlx.h"

namespace node_mlx {

// A Python number with its kind: what decides a result's dtype.
struct Number {
  double value = 0;
  mx::Dtype dtype = mx::float32;
};

// An int or an array of ints.
struct Index {
  int index = 0;
  std::optional<mx::array> array;
  bool is_array() const { return array.has_value(); }
};

// An int (depth 0), a list of ints (1), or a list of lists of ints (2).
struct Lists {
  int depth = 0;
  std::vector<std::vector<int>> items;
};

class Call {
 public:
  Call(Environment& environment, napi_value* arguments)
      : environment(environment), registers(environment.registers), arguments_(arguments) {}

  // Arrays.
  mx::array& array(int k) { return array_of(registers.ints[2 * k]); }
  mx::array& array_of(int32_t handle);
  std::optional<mx::array> maybe_array(int k);
  std::vector<mx::array> arrays(int k);

  // A scalar or an array. A scalar becomes an array, which lives as long as the call: of `weak`'s dtype where
  // one is given and can hold it, as in an operation with an array of that dtype, otherwise of its own.
  const mx::array& operand(int k, std::optional<mx::Dtype> weak = std::nullopt);
  std::optional<mx::array> maybe_operand(int k, std::optional<mx::Dtype> weak = std::nullopt);
  // An operand beside an array, where the operation returns neither of them: a scalar takes on the dtype.
  const mx::array& weak_operand(int k, mx::Dtype dtype);
  // Two operands: a scalar beside an array is weak.
  std::pair<const mx::array&, const mx::array&> operands(int i, int j);
  bool is_array(int k) const;
  Tag tag(int k) const { return static_cast<Tag>(registers.ints[2 * k]); }

  // Numbers. A maybe_ is none where JavaScript stored 0 in the detail.
  int integer(int k) const { return registers.ints[2 * k]; }
  std::optional<int> maybe_integer(int k) const;
  int64_t wide_integer(int k) const;
  double real(int k) const { return registers.doubles[2 * k]; }
  std::optional<float> maybe_real(int k) const;
  bool boolean(int k) const { return registers.ints[2 * k] != 0; }
  std::optional<bool> maybe_boolean(int k) const;
  Number number(int k) const;
  std::optional<Number> maybe_number(int k) const;
  mx::Dtype dtype(int k) const;
  std::optional<mx::Dtype> maybe_dtype(int k) const;

  // Lists of int.
  bool has_list(int k) const { return registers.ints[2 * k] != kNoList; }
  template <class List = std::vector<int>>
  List list(int k) const {
    auto [items, count] = list_items(registers.ints[2 * k]);
    return List(items, items + count);
  }
  template <class List = std::vector<int>>
  std::optional<List> maybe_list(int k) const {
    if (!has_list(k)) return std::nullopt;
    return list<List>(k);
  }
  mx::Shape shape(int k) const { return list<mx::Shape>(k); }
  std::optional<mx::Shape> maybe_shape(int k) const { return maybe_list<mx::Shape>(k); }
  std::optional<mx::Strides> maybe_strides(int k) const;
  Lists lists(int k) const;
  // Axes of a reduction: all of them where none were given.
  std::vector<int> axes(int k, const mx::array& a) const;
  // A list that JavaScript wrote for one int where `is_single` (its register's detail) says so.
  bool is_single(int k) const { return registers.ints[2 * k + 1] == 1; }
  // One int stands for `n` equal ones.
  std::vector<int> spatial(int k, int n) const;
  std::pair<int, int> pair(int k) const;
  std::tuple<int, int, int> triple(int k) const;
  // Items and length of the list at a position.
  std::pair<const int32_t*, size_t> list_items(int32_t position) const;

  mx::StreamOrDevice stream(int k) const {
    if (registers.ints[2 * k] != 0) return named_stream(k);
    environment.prepare_default();
    return {};
  }
  mx::Stream given_stream(int k) const;
  mx::Device device(int k) const;
  std::optional<mx::Device> maybe_device(int k) const;
  Index maybe_index_array(int k);
  mx::array random_key(int k);

  // Arguments that travel as JavaScript values; 0 is the result's wrapper where there is one.
  napi_value value(int position) const { return arguments_[position]; }
  std::string string(int position) const;
  std::optional<std::string> maybe_string(int position) const;
  // Nothing, a number or handle, or a string.
  using ArrayOrString = std::variant<std::monostate, mx::array, std::string>;
  using NumberOrString = std::variant<std::monostate, double, std::string>;
  ArrayOrString array_or_string(int position);
  NumberOrString number_or_string(int position) const;

  // Results. One array goes to the wrapper that JavaScript passed as value 0.
  void result(mx::array&& value);
  void result(const mx::array& value) { result(mx::array(value)); }
  void result(std::optional<mx::array>&& value);
  // Several arrays: handles in the list area, to be attached one by one. Those that do not fit are asked for.
  void results(std::vector<mx::array> values);
  void more_results(size_t first);
  void results(std::pair<mx::array, mx::array> values);
  void results(std::tuple<mx::array, mx::array> values);
  // An array that replaces the one in register k (in-place operators).
  void replace(int k, const mx::array& value) { array(k).overwrite_descriptor(value); }
  void result_boolean(bool value) { registers.ints[0] = value; }
  void result_real(double value) { registers.doubles[0] = value; }
  void result_dtype(mx::Dtype value) { registers.ints[0] = static_cast<int32_t>(value.val()); }
  void result_shape(const mx::Shape& shape);
  void result_stream(const mx::Stream& stream);
  void result_device(const mx::Device& device);
  void result_value(napi_value value) { returned_ = value; }
  void result_string(const std::string& text);

  napi_value returned() const { return returned_; }
  napi_env env() const { return environment.env; }

  Environment& environment;
  Registers& registers;

 private:
  mx::array made(int k, std::optional<mx::Dtype> weak);
  mx::StreamOrDevice named_stream(int k) const;

  // The most operands that an operation takes.
  static constexpr size_t kOperands = 3;
  std::array<std::optional<mx::array>, kOperands> made_;
  size_t made_count_ = 0;

  napi_value* arguments_;
  napi_value returned_ = nullptr;
};

using Glue = void (*)(Call&);

// Thrown where JavaScript code that native code called has thrown: the exception is already pending.
struct PendingException : std::runtime_error {
  PendingException() : std::runtime_error("A call into JavaScript failed.") {}
};

// Turns the exception in flight into a pending JavaScript one, unless one is pending already. Its message
// names the function that `callback` stands for.
void throw_to_js(Environment& environment, napi_callback callback);

constexpr size_t kMaxArguments = 6;

template <Glue glue>
napi_value invoke(napi_env env, napi_callback_info info) {
  napi_value arguments[kMaxArguments];
  size_t count = kMaxArguments;
  void* environment = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &environment);
  Call call(*static_cast<Environment*>(environment), arguments);
  try {
    glue(call);
  } catch (...) {
    throw_to_js(call.environment, &invoke<glue>);
    return nullptr;
  }
  return call.returned();
}

// A function of the addon: its name in the exports, the callback, and the name by which users know the
// function where JavaScript does nothing but call it.
struct Export {
  const char* name;
  napi_callback callback;
  const char* title = nullptr;
};

// The title of a function of the addon; nullptr for none.
const char* title_of(napi_callback callback);

}  // namespace node_mlx
