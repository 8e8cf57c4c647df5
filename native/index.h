// Index: what stands between the brackets of a[...], decoded from the ints that js/indexing.ts writes.
//
//   a[0, 1:, None, i]   →   0 · Slice{1} · NewAxis · the array i
//
// JavaScript has parsed slices, turned lists into arrays and refused everything that is no index; what is
// left here is what needs the array's shape.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "call.h"

namespace node_mlx::indexing {

struct Slice {
  std::optional<int> start, stop, step;
  bool is_full() const { return !start && !stop && !step; }
};
struct NewAxis {};
struct Ellipsis {};

// An array is the array table's, which does not change before the call ends.
using IndexItem = std::variant<int, bool, Slice, NewAxis, Ellipsis, const mx::array*>;
using IndexItems = mx::SmallVector<IndexItem, 8>;
static_assert(std::is_trivially_copyable_v<IndexItem>);  // or SmallVector::insert goes wrong

// One item (a[i]) and a tuple that holds one item (a[i,]) take different paths in MLX.
struct Index {
  IndexItems items;
  bool is_tuple;
};

// The index whose list is in register k and whose detail says whether it is a tuple.
Index decode_index(Call& call, int k);

inline bool is_int(const IndexItem& item) { return std::holds_alternative<int>(item); }
inline bool is_slice(const IndexItem& item) { return std::holds_alternative<Slice>(item); }
inline bool is_new_axis(const IndexItem& item) { return std::holds_alternative<NewAxis>(item); }
inline bool is_array(const IndexItem& item) { return std::holds_alternative<const mx::array*>(item); }
inline const mx::array& array_in(const IndexItem& item) { return *std::get<const mx::array*>(item); }
bool has_array(const IndexItems& items);

// A tuple's items with the ellipsis written out as full slices. Checks that each item may stand in a tuple
// and that there are no more than the array has dimensions.
IndexItems expand_tuple(const mx::array& a, const IndexItems& items);

// Number of the array's dimensions that the items of an expanded tuple stand for.
int consumed_axes(const IndexItems& items);

// What an int or a slice selects of an axis of `size` elements, for MLX's slices, which clamp the bounds.
// They also count a negative bound from the end: so an int that is negative even then counts from the end
// twice.
struct Bounds {
  int start, stop, step;
};
Bounds item_bounds(const IndexItem& item, int size);
// A slice's bounds within the axis; `stop` is -1 where a negative step goes down to the first element.
Bounds clamped_bounds(const Slice& slice, int size);

// Positions that an int, a slice or an array stand for, as an array for gather and scatter.
mx::array int_positions(int index, int size);
mx::array slice_positions(const Slice& slice, int size);

// Whether an array's items can be read without evaluating, waiting or copying from a device.
bool is_known(const mx::array& a);

// MLX's gather and scatter check no bounds. Throws an IndexError where an int, or an array whose items are
// already computed on the CPU, would reach memory outside of an axis of `size` elements.
void require_in_bounds(const IndexItem& item, int size);
void require_in_bounds(const mx::array& a, std::span<const IndexItem> items);

}  // namespace node_mlx::indexing
