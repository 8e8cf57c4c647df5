#include "index.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "evaluation.h"
#include "mlx/backend/common/utils.h"
#include "mlx/dtype_utils.h"

namespace node_mlx::indexing {

namespace {

// An item is four ints: its kind with the bits of the parts that it has, and up to three parts. Equal to ITEM
// in js/indexing.ts.
constexpr size_t kItemInts = 4;
enum class ItemKind : int32_t { integer = 0, boolean, slice, new_axis, ellipsis, array };
constexpr int kHasStart = 16, kHasStop = 32, kHasStep = 64;

IndexItem decode_item(Call& call, const int32_t* words) {
  auto part = [&](int bit, int i) { return *words & bit ? std::optional<int>(words[i]) : std::nullopt; };
  switch (static_cast<ItemKind>(*words & 15)) {
    case ItemKind::integer:
      return words[1];
    case ItemKind::boolean:
      return words[1] != 0;
    case ItemKind::slice:
      return Slice{part(kHasStart, 1), part(kHasStop, 2), part(kHasStep, 3)};
    case ItemKind::new_axis:
      return NewAxis{};
    case ItemKind::ellipsis:
      return Ellipsis{};
    case ItemKind::array:
      return &call.array_of(words[1]);
  }
  throw std::invalid_argument("Unknown kind of index.");
}

}  // namespace

Index decode_index(Call& call, int k) {
  auto [words, count] = call.list_items(call.registers.ints[2 * k]);
  Index index{{}, call.registers.ints[2 * k + 1] != 0};
  index.items.reserve(count / kItemInts);
  for (size_t i = 0; i + kItemInts <= count; i += kItemInts) {
    index.items.push_back(decode_item(call, words + i));
  }
  return index;
}

bool has_array(const IndexItems& items) { return std::ranges::any_of(items, is_array); }

int consumed_axes(const IndexItems& items) {
  return static_cast<int>(items.size() - std::ranges::count_if(items, is_new_axis));
}

IndexItems expand_tuple(const mx::array& a, const IndexItems& items) {
  auto is_ellipsis = [](const IndexItem& item) { return std::holds_alternative<Ellipsis>(item); };
  auto is_bool = [](const IndexItem& item) { return std::holds_alternative<bool>(item); };
  if (std::ranges::any_of(items, is_bool)) {
    throw std::invalid_argument("A bool cannot be one of several indices.");
  }
  auto ellipses = std::ranges::count_if(items, is_ellipsis);
  if (ellipses > 1) throw std::invalid_argument("An index can have only one ellipsis ('...').");
  int dims = static_cast<int>(a.ndim());
  int missing = dims - consumed_axes(items) + static_cast<int>(ellipses);
  if (missing < 0) {
    std::ostringstream message;
    message << "Too many indices for an array with " << dims << " dimensions.";
    throw std::invalid_argument(message.str());
  }
  IndexItems out;
  out.reserve(items.size() + missing);
  for (const IndexItem& item : items) {
    if (is_ellipsis(item)) {
      out.insert(out.end(), missing, Slice{});
    } else {
      out.push_back(item);
    }
  }
  return out;
}

namespace {

Bounds slice_bounds(const Slice& slice, int size) {
  int step = slice.step.value_or(1);
  if (step == 0) throw std::invalid_argument("The step of a slice must not be 0.");
  // Any step beyond the axis selects the same; MLX's arithmetic overflows with a large one.
  int64_t beyond = int64_t{size} + 1;
  step = static_cast<int>(std::clamp<int64_t>(step, -beyond, beyond));
  bool down = step < 0;
  return {slice.start.value_or(down ? size - 1 : 0), slice.stop.value_or(down ? -size - 1 : size), step};
}

Bounds int_bounds(int index, int size) {
  int start = index < 0 ? index + size : index;
  // Nothing lies at the largest int, so that the stop after it need not exist.
  return {start, start == std::numeric_limits<int>::max() ? start : start + 1, 1};
}

}  // namespace

Bounds item_bounds(const IndexItem& item, int size) {
  const int* index = std::get_if<int>(&item);
  return index ? int_bounds(*index, size) : slice_bounds(std::get<Slice>(item), size);
}

Bounds clamped_bounds(const Slice& slice, int size) {
  Bounds bounds = slice_bounds(slice, size);
  int low = bounds.step < 0 ? -1 : 0;
  int high = bounds.step < 0 ? size - 1 : size;
  auto clamp = [&](int bound) { return std::clamp(bound < 0 ? bound + size : bound, low, high); };
  return {clamp(bounds.start), clamp(bounds.stop), bounds.step};
}

mx::array int_positions(int index, int size) {
  return mx::array(index < 0 ? index + size : index, mx::uint32);
}

mx::array slice_positions(const Slice& slice, int size) {
  Bounds bounds = clamped_bounds(slice, size);
  return mx::arange(bounds.start, bounds.stop, bounds.step, mx::uint32);
}

namespace {

[[noreturn]] void throw_out_of_bounds(int64_t index, int size) {
  std::ostringstream message;
  message << "Index " << index << " is out of bounds for an axis of size " << size << ".";
  throw std::out_of_range(message.str());
}

template <class T>
void require_items_in_bounds(const mx::array& index, int size) {
  auto is_outside = [size = int64_t{size}](T item) {
    if constexpr (std::is_unsigned_v<T>) return item >= static_cast<uint64_t>(size);
    return static_cast<int64_t>(item) >= size || static_cast<int64_t>(item) < -size;
  };
  const T* items = index.data<T>();
  if (index.flags().contiguous) {
    const T* end = items + index.data_size();
    const T* found = std::find_if(items, end, is_outside);
    if (found != end) throw_out_of_bounds(static_cast<int64_t>(*found), size);
  } else {
    for (size_t i = 0; i < index.size(); ++i) {
      T item = items[mx::elem_to_loc(static_cast<int>(i), index)];
      if (is_outside(item)) throw_out_of_bounds(static_cast<int64_t>(item), size);
    }
  }
}

}  // namespace

bool is_known(const mx::array& a) {
  if (a.status() == mx::array::Status::unscheduled || a.size() == 0) return false;
  if (mx::default_device() != mx::Device::cpu) return false;
  if (a.status() == mx::array::Status::available) return a.data_shared_ptr() != nullptr;
  // An evaluation that runs elsewhere may be about to change the array's state.
  std::unique_lock lock(evaluation_mutex(), std::try_to_lock);
  return lock.owns_lock() && a.is_available() && a.data_shared_ptr();
}

void require_in_bounds(const IndexItem& item, int size) {
  if (const int* index = std::get_if<int>(&item)) {
    if (*index >= size || *index < -int64_t{size}) throw_out_of_bounds(*index, size);
  } else if (is_array(item) && is_known(array_in(item))) {
    mx::dispatch_int_types(array_in(item).dtype(), "[index]", [&](auto tag) {
      require_items_in_bounds<MLX_GET_TYPE(tag)>(array_in(item), size);
    });
  }
}

void require_in_bounds(const mx::array& a, std::span<const IndexItem> items) {
  for (size_t axis = 0; axis < items.size(); ++axis) require_in_bounds(items[axis], a.shape(axis));
}

}  // namespace node_mlx::indexing
