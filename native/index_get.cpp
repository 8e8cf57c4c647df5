// a[index]: one gather for the dimensions up to the last index array, one slice for the others, then the axes
// of ints are squeezed and those of None inserted. Without an index array there is no gather, ints are
// slices.
//
//   a[:, i, 1:, None]   →   gather(a, [arange, i]) · slice(…, 1:) · expand_dims
#include "index_get.h"

#include <algorithm>
#include <stdexcept>

namespace node_mlx::indexing {

namespace {

bool is_advanced(const IndexItem& item) { return is_int(item) || is_array(item); }

void require_dimension(const mx::array& a) {
  if (a.ndim() == 0) throw std::invalid_argument("Too many indices: the array has no dimensions.");
}

mx::array take_items(const mx::array& a, const IndexItem& item, const mx::array& positions) {
  mx::array out = mx::take(a, positions, 0);
  if (out.size() > 0) require_in_bounds(item, a.shape(0));
  return out;
}

mx::array slice_first_axis(const mx::array& a, const IndexItem& item) {
  mx::Shape starts(a.ndim(), 0), steps(a.ndim(), 1), stops = a.shape();
  Bounds bounds = item_bounds(item, a.shape(0));
  starts[0] = bounds.start;
  stops[0] = bounds.stop;
  steps[0] = bounds.step;
  return mx::slice(a, std::move(starts), std::move(stops), std::move(steps));
}

// MLX gathers a single row. A slice holds the same, costs half and copies nothing; but what is being traced
// keeps the gather: a function compiled for any shape cannot infer a slice's.
mx::array take_row(const mx::array& a, int index) {
  int size = a.shape(0);
  bool inside = index < size && index >= -int64_t{size};
  if (inside && !a.is_tracer()) return mx::squeeze(slice_first_axis(a, index), 0);
  return take_items(a, index, int_positions(index, size));
}

mx::array get_item(const mx::array& a, const IndexItem& item) {
  if (std::holds_alternative<Ellipsis>(item)) return a;
  if (is_new_axis(item)) return mx::expand_dims(a, 0);
  if (std::holds_alternative<bool>(item)) {
    throw std::invalid_argument("Cannot read with a bool as the index.");
  }
  require_dimension(a);
  if (const int* index = std::get_if<int>(&item)) return take_row(a, *index);
  if (is_array(item)) {
    if (array_in(item).dtype() == mx::bool_) {
      throw std::invalid_argument(
          "Reading with a boolean mask is not supported: its result has no fixed shape.");
    }
    return take_items(a, item, array_in(item));
  }
  return std::get<Slice>(item).is_full() ? a : slice_first_axis(a, item);
}

// Ints, slices and None: no index arrays.
mx::array slice_items(const mx::array& a, const IndexItems& items) {
  mx::Shape starts(a.ndim(), 0), steps(a.ndim(), 1), stops = a.shape();
  std::vector<int> squeezed, inserted;
  int axis = 0;
  for (const IndexItem& item : items) {
    if (is_new_axis(item)) {
      inserted.push_back(axis + static_cast<int>(inserted.size()) - static_cast<int>(squeezed.size()));
      continue;
    }
    if (is_int(item)) squeezed.push_back(axis);
    Bounds bounds = item_bounds(item, a.shape(axis));
    starts[axis] = bounds.start;
    stops[axis] = bounds.stop;
    steps[axis] = bounds.step;
    ++axis;
  }
  mx::array out = mx::slice(a, std::move(starts), std::move(stops), std::move(steps));
  if (!squeezed.empty()) out = mx::squeeze(out, squeezed);
  if (!inserted.empty()) out = mx::expand_dims(out, inserted);
  return out;
}

// Where the dimensions of the index arrays come in the result: first if something stands between them.
bool puts_arrays_first(const IndexItems& items) {
  bool seen = false, interrupted = false;
  for (const IndexItem& item : items) {
    if (is_advanced(item)) {
      if (interrupted) return true;
      seen = true;
    } else {
      interrupted |= seen;
    }
  }
  return false;
}

struct Layout {
  int array_dims;     // dimensions that the index arrays broadcast to
  bool arrays_first;  // before those of the slices, or after
};

mx::array gather_items(const mx::array& a, const IndexItems& items, Layout layout) {
  int slices = static_cast<int>(std::ranges::count_if(items, is_slice));
  int dims = layout.array_dims + slices;
  int next_slice = layout.arrays_first ? layout.array_dims : 0;
  std::vector<mx::array> positions;
  std::vector<int> axes, squeezed;
  mx::Shape sizes = a.shape();
  for (int axis = 0; axis < static_cast<int>(items.size()); ++axis) {
    const IndexItem& item = items[axis];
    if (const auto* slice = std::get_if<Slice>(&item)) {
      mx::array expanded = slice_positions(*slice, a.shape(axis));
      mx::Shape shape(dims, 1);
      shape[next_slice++] = expanded.shape(0);
      positions.push_back(mx::reshape(expanded, shape));
    } else {
      const int* index = std::get_if<int>(&item);
      mx::array given = index ? int_positions(*index, a.shape(axis)) : array_in(item);
      if (layout.arrays_first) {
        mx::Shape shape = given.shape();
        shape.insert(shape.end(), slices, 1);
        given = mx::reshape(given, shape);
      }
      positions.push_back(given);
    }
    axes.push_back(axis);
    squeezed.push_back(dims + axis);
    sizes[axis] = 1;
  }
  mx::array out = mx::gather(a, positions, axes, sizes);
  if (out.size() > 0) require_in_bounds(a, items);
  return mx::squeeze(out, squeezed);
}

mx::array get_items(const mx::array& a, const IndexItems& given) {
  if (given.empty()) return a;
  IndexItems items = expand_tuple(a, given);
  if (!has_array(items)) return slice_items(a, items);

  auto first = std::ranges::find_if(items, is_advanced);
  auto last = std::find_if(items.rbegin(), items.rend(), is_advanced).base();
  Layout layout{0, puts_arrays_first(items)};
  for (const IndexItem& item : items) {
    if (is_array(item)) {
      layout.array_dims = std::max(layout.array_dims, static_cast<int>(array_in(item).ndim()));
    }
  }
  IndexItems gathered;
  std::remove_copy_if(items.begin(), last, std::back_inserter(gathered), is_new_axis);
  mx::array out = gather_items(a, gathered, layout);

  // What the gather has left: its own dimensions in full, new axes, and the items after the last array.
  IndexItems rest;
  auto keep = [&](auto begin, auto end) {
    for (auto item = begin; item != end; ++item) {
      if (is_new_axis(*item)) rest.push_back(NewAxis{});
      if (is_slice(*item)) rest.push_back(Slice{});
    }
  };
  if (!layout.arrays_first) keep(items.begin(), first);
  rest.insert(rest.end(), layout.array_dims, Slice{});
  if (layout.arrays_first) keep(items.begin(), last);
  rest.insert(rest.end(), last, items.end());
  return rest.empty() ? out : slice_items(out, rest);
}

}  // namespace

mx::array get_index(const mx::array& a, const Index& index) {
  return index.is_tuple ? get_items(a, index.items) : get_item(a, index.items.at(0));
}

}  // namespace node_mlx::indexing
