// FileCursor: reads typed values of an exported function's file, one after the other.
//
// The layout is that of the pinned MLX: numbers little-endian, lists and texts behind a 64-bit count, and
// what a primitive's state() returns field by field:
//   cursor.read<std::pair<mx::Shape, int>>()   →   count, that many int32, one int32
// A value that is impossible, or larger than what is left of the file, is a runtime_error.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "mlx/mlx.h"

namespace node_mlx {

namespace mx = mlx::core;

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

class FileCursor {
 public:
  explicit FileCursor(const std::string& path);

  template <class T>
  T read() {
    if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::monostate>) {
      return T{};
    } else if constexpr (std::is_same_v<T, bool>) {
      return read_boolean();
    } else if constexpr (std::is_arithmetic_v<T>) {
      T number;
      read_bytes(&number, sizeof number);
      return number;
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(read<int32_t>());
    } else if constexpr (std::is_same_v<T, std::string>) {
      return read_text();
    } else if constexpr (std::is_same_v<T, mx::Dtype>) {
      return read_dtype();
    } else if constexpr (std::is_same_v<T, mx::fast::ScalarArg>) {
      return read_scalar();
    } else if constexpr (is_optional<T>) {
      if (!read_boolean()) return std::nullopt;
      return read<typename T::value_type>();
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
      return read_fields<T>(std::make_index_sequence<std::tuple_size_v<T>>{});
    } else {
      return read_list<T>();
    }
  }

  void skip(uint64_t bytes);

 private:
  void read_bytes(void* target, uint64_t bytes);
  bool read_boolean();
  mx::Dtype read_dtype();
  mx::fast::ScalarArg read_scalar();
  std::string read_text();
  // A count of items, each of which takes at least `smallest` bytes.
  uint64_t read_count(uint64_t smallest);

  template <class T, size_t... I>
  T read_fields(std::index_sequence<I...>) {
    return T{read<std::tuple_element_t<I, T>>()...};  // braces: in order
  }

  template <class List>
  List read_list() {
    using Item = typename List::value_type;
    uint64_t count = read_count(std::is_arithmetic_v<Item> ? sizeof(Item) : 1);
    List items;
    items.reserve(count);
    for (uint64_t i = 0; i < count; ++i) items.push_back(read<Item>());
    return items;
  }

  std::ifstream file_;
  uint64_t left_ = 0;
};

}  // namespace node_mlx
