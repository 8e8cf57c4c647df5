// Graph: how arrays hang together before they are evaluated, for those who count and destroy them.
#pragma once

#include <cstddef>

#include "mlx/array.h"

namespace node_mlx {

namespace mx = mlx::core;

namespace detail {

// mx::array keeps its descriptor to itself, but an explicit instantiation may name a private member.
template <auto descriptor>
struct Owners {
  friend long count_owners(const mx::array& a) { return (a.*descriptor).use_count(); }
  friend const void* node_of(const mx::array& a) { return (a.*descriptor).get(); }
};
template struct Owners<&mx::array::array_desc_>;
long count_owners(const mx::array& a);
const void* node_of(const mx::array& a);

}  // namespace detail

// How many mx::array objects share a's node of the graph.
inline long owners(const mx::array& a) { return detail::count_owners(a); }

// Begin to load a's node, and what a loaded node points at, into the processor's caches.
inline void fetch_node(const mx::array& a) {
  constexpr size_t kLine = 64;
  constexpr size_t kNode = 448;  // about its size, with the counters of its owners before it: only a hint
  auto* node = static_cast<const char*>(detail::node_of(a)) - 16;
  for (size_t offset = 0; offset < kNode; offset += kLine) __builtin_prefetch(node + offset);
}
inline void fetch_parts(const mx::array& a) {
  __builtin_prefetch(a.inputs().data());
  __builtin_prefetch(a.primitive_ptr().get());
}

// How many nodes would die with `a`, itself included: what an operation made on its way to a new array.
// Counts to `limit` at most.
inline size_t owned_nodes(const mx::array& a, size_t limit) {
  size_t count = 1;
  for (const mx::array& input : a.inputs()) {
    if (count >= limit) break;
    if (owners(input) == 1) count += owned_nodes(input, limit - count);
  }
  return count;
}

// Whether `a` has data that no other array shares.
inline bool owns_data(const mx::array& a) {
  return a.status() == mx::array::Status::available && owners(a) == 1 && a.data_shared_ptr().use_count() == 1;
}

}  // namespace node_mlx
