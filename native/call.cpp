#include "call.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <sstream>

namespace node_mlx {

mx::array& Call::array_of(int32_t handle) {
  environment.prepare_default();
  mx::array* found = environment.arrays.find(static_cast<uint32_t>(handle));
  if (!found) throw std::invalid_argument("The array has been disposed.");
  return *found;
}

std::optional<mx::array> Call::maybe_array(int k) {
  int32_t handle = registers.ints[2 * k];
  if (handle == 0) return std::nullopt;
  return array_of(handle);
}

std::vector<mx::array> Call::arrays(int k) {
  auto [handles, count] = list_items(registers.ints[2 * k]);
  std::vector<mx::array> out;
  out.reserve(count);
  for (size_t i = 0; i < count; ++i) out.push_back(array_of(handles[i]));
  return out;
}

namespace {

mx::array integer_operand(int64_t value, std::optional<mx::Dtype> weak) {
  bool fits_int32 =
      value >= std::numeric_limits<int32_t>::min() && value <= std::numeric_limits<int32_t>::max();
  mx::Dtype dtype = weak.value_or(fits_int32 ? mx::int32 : mx::int64);
  if (mx::issubdtype(dtype, mx::integer) && dtype.size() < 8) {
    auto info = mx::iinfo(dtype);
    if (value < info.min || value > static_cast<int64_t>(info.max)) {
      std::ostringstream message;
      message << "Converting " << value << " to " << dtype << " would result in overflow.";
      throw std::invalid_argument(message.str());
    }
  }
  return mx::array(value, dtype == mx::bool_ ? mx::int32 : dtype);
}

mx::array real_operand(double value, std::optional<mx::Dtype> weak) {
  mx::Dtype dtype = weak && mx::issubdtype(*weak, mx::floating) ? *weak : mx::float32;
  if (dtype == mx::float64) return mx::array(value, dtype);
  return mx::array(static_cast<float>(value), dtype);
}

}  // namespace

const mx::array& Call::operand(int k, std::optional<mx::Dtype> weak) {
  if (is_array(k)) return array_of(registers.ints[2 * k + 1]);
  return made_.at(made_count_++).emplace(made(k, weak));
}

mx::array Call::made(int k, std::optional<mx::Dtype> weak) {
  const double* d = registers.doubles + 2 * k;
  switch (tag(k)) {
    case Tag::boolean:
      return mx::array(*d != 0, weak.value_or(mx::bool_));
    case Tag::integer:
      return integer_operand(static_cast<int64_t>(*d), weak);
    case Tag::wide_integer:
      return integer_operand(wide_integer(k), weak);
    case Tag::real:
      return real_operand(*d, weak);
    case Tag::complex:
      return mx::array(mx::complex64_t(static_cast<float>(d[0]), static_cast<float>(d[1])), mx::complex64);
    case Tag::host_array: {
      const mx::array& host = array_of(registers.ints[2 * k + 1]);
      return weak ? mx::astype(host, *weak) : host;
    }
    case Tag::array:
    case Tag::none:
      break;
  }
  throw std::invalid_argument("An operand is missing.");
}

std::optional<mx::array> Call::maybe_operand(int k, std::optional<mx::Dtype> weak) {
  if (tag(k) == Tag::none) return std::nullopt;
  return operand(k, weak);
}

bool Call::is_array(int k) const { return tag(k) == Tag::array; }

const mx::array& Call::weak_operand(int k, mx::Dtype dtype) {
  switch (tag(k)) {
    case Tag::boolean:
    case Tag::integer:
    case Tag::wide_integer:
    case Tag::real: {
      uint64_t bits;
      std::memcpy(&bits, registers.doubles + 2 * k, sizeof bits);
      return environment.scalars.get(bits, registers.ints[2 * k], dtype, [&] { return made(k, dtype); });
    }
    case Tag::array:
      return array_of(registers.ints[2 * k + 1]);
    default:
      return operand(k, dtype);
  }
}

std::pair<const mx::array&, const mx::array&> Call::operands(int i, int j) {
  if (is_array(i)) {
    const mx::array& a = operand(i);
    return {a, weak_operand(j, a.dtype())};
  }
  if (is_array(j)) {
    const mx::array& b = operand(j);
    return {weak_operand(i, b.dtype()), b};
  }
  const mx::array& a = operand(i);
  return {a, operand(j)};
}

std::optional<int> Call::maybe_integer(int k) const {
  if (registers.ints[2 * k + 1] == 0) return std::nullopt;
  return integer(k);
}

std::optional<bool> Call::maybe_boolean(int k) const {
  auto value = maybe_integer(k);
  if (!value) return std::nullopt;
  return *value != 0;
}

Number Call::number(int k) const {
  double value = registers.doubles[2 * k];
  switch (tag(k)) {
    case Tag::boolean:
      return {value, mx::bool_};
    case Tag::integer:
    case Tag::wide_integer: {
      if (tag(k) == Tag::wide_integer) value = static_cast<double>(wide_integer(k));
      bool fits =
          value >= std::numeric_limits<int32_t>::min() && value <= std::numeric_limits<int32_t>::max();
      return {value, fits ? mx::int32 : mx::int64};
    }
    default:
      return {value, mx::float32};
  }
}

std::optional<Number> Call::maybe_number(int k) const {
  if (tag(k) == Tag::none) return std::nullopt;
  return number(k);
}

int64_t Call::wide_integer(int k) const {
  int64_t value;
  std::memcpy(&value, registers.doubles + 2 * k, sizeof value);
  return value;
}

std::optional<float> Call::maybe_real(int k) const {
  if (registers.ints[2 * k + 1] == 0) return std::nullopt;
  return static_cast<float>(real(k));
}

namespace {

// By Dtype::Val, which numbers them from 0.
const mx::Dtype kDtypes[] = {mx::bool_,   mx::uint8,   mx::uint16,   mx::uint32,   mx::uint64,
                             mx::int8,    mx::int16,   mx::int32,    mx::int64,    mx::float16,
                             mx::float32, mx::float64, mx::bfloat16, mx::complex64};
static_assert(static_cast<int>(mx::Dtype::Val::bool_) == 0);
static_assert(static_cast<int>(mx::Dtype::Val::int32) == 7);
static_assert(static_cast<int>(mx::Dtype::Val::complex64) == 13);

}  // namespace

mx::Dtype Call::dtype(int k) const {
  int code = integer(k);
  if (code < 0 || code >= static_cast<int>(std::size(kDtypes))) throw std::invalid_argument("Unknown dtype.");
  return kDtypes[code];
}

std::optional<mx::Dtype> Call::maybe_dtype(int k) const {
  if (integer(k) < 0) return std::nullopt;
  return dtype(k);
}

std::pair<const int32_t*, size_t> Call::list_items(int32_t position) const {
  if (position < 0 || static_cast<size_t>(position) >= registers.list_capacity) {
    throw std::invalid_argument("A list is missing.");
  }
  const int32_t* list = registers.list + position;
  return {list + 1, static_cast<size_t>(*list)};
}

std::optional<mx::Strides> Call::maybe_strides(int k) const {
  if (!has_list(k)) return std::nullopt;
  // Pairs of low and high half: strides are 64 bits wide.
  auto [items, count] = list_items(registers.ints[2 * k]);
  mx::Strides out;
  for (size_t i = 0; i + 1 < count; i += 2) {
    out.push_back(static_cast<int64_t>(static_cast<uint32_t>(items[i])) | static_cast<int64_t>(items[i + 1])
                                                                              << 32);
  }
  return out;
}

Lists Call::lists(int k) const {
  // Written by putLists in js/arguments.ts: the depth, then each list as its length and its items.
  auto [items, count] = list_items(registers.ints[2 * k]);
  Lists out{items[0], {}};
  for (size_t i = 1; i < count; i += 1 + items[i]) {
    out.items.emplace_back(items + i + 1, items + i + 1 + items[i]);
  }
  return out;
}

std::vector<int> Call::axes(int k, const mx::array& a) const {
  if (has_list(k)) return list(k);
  std::vector<int> all(a.ndim());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<int> Call::spatial(int k, int n) const {
  auto values = list(k);
  if (is_single(k)) values.assign(n, values.at(0));
  return values;
}

std::pair<int, int> Call::pair(int k) const {
  auto values = spatial(k, 2);
  return {values.at(0), values.at(1)};
}

std::tuple<int, int, int> Call::triple(int k) const {
  auto values = spatial(k, 3);
  return {values.at(0), values.at(1), values.at(2)};
}

mx::Device Call::device(int k) const {
  auto type = ((registers.ints[2 * k] >> 4) & 1) == 0 ? mx::Device::cpu : mx::Device::gpu;
  mx::Device device(type, registers.ints[2 * k + 1]);
  environment.prepare(device);
  return device;
}

mx::StreamOrDevice Call::named_stream(int k) const {
  int32_t word = registers.ints[2 * k];
  int index = registers.ints[2 * k + 1];
  switch (static_cast<StreamTag>(word & 15)) {
    case StreamTag::none:
      return {};
    case StreamTag::device:
      return device(k);
    case StreamTag::stream:
    case StreamTag::thread_local_stream: {
      // The word's upper bits hold the device's type (bit 4) and index (from bit 5).
      auto type = ((word >> 4) & 1) == 0 ? mx::Device::cpu : mx::Device::gpu;
      mx::Device device(type, word >> 5);
      if (static_cast<StreamTag>(word & 15) == StreamTag::stream) return mx::Stream(index, device);
      return environment.thread_local_stream(index, device);
    }
  }
  return {};
}

mx::Stream Call::given_stream(int k) const { return mx::to_stream(stream(k)); }

std::optional<mx::Device> Call::maybe_device(int k) const {
  if ((registers.ints[2 * k] & 15) == static_cast<int32_t>(StreamTag::none)) return std::nullopt;
  return device(k);
}

Index Call::maybe_index_array(int k) {
  if (tag(k) == Tag::array) return {0, array_of(registers.ints[2 * k + 1])};
  return {registers.ints[2 * k + 1], std::nullopt};
}

mx::array Call::random_key(int k) {
  if (registers.ints[2 * k] == 0) return environment.next_random_key();
  return array(k);
}

std::string Call::string(int position) const {
  size_t length = 0;
  if (napi_get_value_string_utf8(env(), value(position), nullptr, 0, &length) != napi_ok) {
    throw std::invalid_argument("A string is missing.");
  }
  std::string text(length, '\0');
  napi_get_value_string_utf8(env(), value(position), text.data(), length + 1, &length);
  return text;
}

std::optional<std::string> Call::maybe_string(int position) const {
  napi_valuetype type = napi_undefined;
  napi_typeof(env(), value(position), &type);
  if (type != napi_string) return std::nullopt;
  return string(position);
}

Call::ArrayOrString Call::array_or_string(int position) {
  if (auto text = maybe_string(position)) return *text;
  int32_t handle = 0;
  if (napi_get_value_int32(env(), value(position), &handle) != napi_ok || handle == 0)
    return std::monostate{};
  return array_of(handle);
}

Call::NumberOrString Call::number_or_string(int position) const {
  if (auto text = maybe_string(position)) return *text;
  double number = 0;
  if (napi_get_value_double(env(), value(position), &number) != napi_ok) return std::monostate{};
  return number;
}

void Call::result(mx::array&& out) {
  registers.ints[0] = static_cast<int32_t>(environment.adopt(std::move(out), value(0)));
}

void Call::result(std::optional<mx::array>&& out) {
  if (out) {
    result(std::move(*out));
  } else {
    registers.ints[0] = 0;
  }
}

void Call::results(std::vector<mx::array> values) {
  std::vector<uint32_t>& handles = environment.results;
  handles.clear();
  for (mx::array& value : values) handles.push_back(environment.store(std::move(value)));
  registers.list[0] = static_cast<int32_t>(handles.size());
  std::copy_n(handles.begin(), std::min(handles.size(), kResultArea - 1), registers.list + 1);
}

void Call::more_results(size_t first) {
  const std::vector<uint32_t>& handles = environment.results;
  if (first > handles.size()) throw std::invalid_argument("There are not that many results.");
  std::copy_n(handles.begin() + first, std::min(handles.size() - first, kResultArea - 1), registers.list + 1);
}

void Call::results(std::pair<mx::array, mx::array> values) {
  results(std::vector<mx::array>{values.first, values.second});
}

void Call::results(std::tuple<mx::array, mx::array> values) {
  results(std::vector<mx::array>{std::get<0>(values), std::get<1>(values)});
}

void Call::result_shape(const mx::Shape& shape) {
  if (shape.size() + 1 > kResultArea) throw std::runtime_error("The list is too long to be returned.");
  registers.list[0] = static_cast<int32_t>(shape.size());
  for (size_t i = 0; i < shape.size(); ++i) registers.list[i + 1] = shape[i];
}

void Call::result_stream(const mx::Stream& stream) {
  registers.ints[0] = stream.index;
  registers.ints[1] = stream.device.type == mx::Device::cpu ? 0 : 1;
  registers.ints[2] = stream.device.index;
}

void Call::result_device(const mx::Device& device) {
  registers.ints[1] = device.type == mx::Device::cpu ? 0 : 1;
  registers.ints[2] = device.index;
}

void Call::result_string(const std::string& text) {
  if (napi_create_string_utf8(env(), text.data(), text.size(), &returned_) != napi_ok) {
    throw std::runtime_error("The text could not be handed to JavaScript.");
  }
}

}  // namespace node_mlx
