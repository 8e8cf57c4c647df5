// Scalars: the constants beside arrays, such as the 2 in add(a, 2), kept from one call to the next.
//
// Making and freeing a constant costs half as much as all the rest of an operation. Sharing one is safe: an
// array's data never change, a shared array is not donated, and operations only read the constants given
// here, they never return them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "mlx/array.h"

namespace node_mlx {

namespace mx = mlx::core;

class Scalars {
 public:
  // The constant of a number, given by its bits and what kind of number they are, as an array of a dtype.
  template <class Make>
  const mx::array& get(uint64_t bits, int kind, mx::Dtype dtype, Make make) {
    int key = kind << 8 | static_cast<int>(dtype.val());
    Entry& entry = entries_[(bits * 0x9E3779B97F4A7C15u ^ static_cast<uint64_t>(key) << 58) >> 58];
    if (!entry.array || entry.bits != bits || entry.key != key) entry = {bits, key, make()};
    return *entry.array;
  }

 private:
  struct Entry {
    uint64_t bits = 0;
    int key = 0;
    std::optional<mx::array> array;
  };
  std::array<Entry, 64> entries_;
};

}  // namespace node_mlx
