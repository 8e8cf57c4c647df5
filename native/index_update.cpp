// Three ways to write: a slice update where ints and slices select a region, a masked scatter for a boolean
// mask, a scatter where arrays of positions take part. The last needs positions and value in a common shape:
//
//   a[i, 1:3] = v   →   positions [i, {1}], updates of shape i.shape + (1, 2)
#include "index_update.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace node_mlx::indexing {

namespace {

// One operation in its three forms: on a region, on scattered positions, on the whole array.
struct Operation {
  mx::array (*region)(const mx::array&, const mx::array&, mx::Shape, mx::Shape, mx::Shape,
                      mx::StreamOrDevice);
  mx::array (*scattered)(const mx::array&, const std::vector<mx::array>&, const mx::array&,
                         const std::vector<int>&, mx::StreamOrDevice);
  mx::array (*whole)(const mx::array&, const mx::array&, mx::StreamOrDevice);
  // Applied to the value first, where the operation is another one's inverse.
  mx::array (*prepare)(const mx::array&, mx::StreamOrDevice);
};

mx::array unchanged(const mx::array& value, mx::StreamOrDevice) { return value; }
mx::array replaced(const mx::array&, const mx::array& value, mx::StreamOrDevice) { return value; }

const Operation kSet = {mx::slice_update, mx::scatter, replaced, unchanged};

// By UpdateKind.
const Operation kUpdates[] = {
    {mx::slice_update_add, mx::scatter_add, mx::add, unchanged},
    {mx::slice_update_add, mx::scatter_add, mx::subtract, mx::negative},
    {mx::slice_update_prod, mx::scatter_prod, mx::multiply, unchanged},
    {mx::slice_update_prod, mx::scatter_prod, mx::divide, mx::reciprocal},
    {mx::slice_update_max, mx::scatter_max, mx::maximum, unchanged},
    {mx::slice_update_min, mx::scatter_min, mx::minimum, unchanged},
};

mx::array without_leading_axes(const mx::array& a, int count) {
  std::vector<int> axes(count);
  std::iota(axes.begin(), axes.end(), 0);
  return mx::squeeze(a, axes);
}

// ---- A region ---------------------------------------------------------------------------------------------

struct Region {
  mx::array update;
  mx::Shape starts, stops, steps;

  void set(int axis, Bounds bounds) {
    starts[axis] = bounds.start;
    stops[axis] = bounds.stop;
    steps[axis] = bounds.step;
  }
};

bool selects_region(const mx::array& a, const Index& index) {
  if (a.ndim() == 0) return false;
  if (index.is_tuple) return !has_array(index.items);
  return is_int(index.items.at(0)) || is_slice(index.items.at(0));
}

// The value without leading axes of size 1 that the array has no dimension for.
mx::array fitted(const mx::array& value, int dims) {
  int ndim = static_cast<int>(value.ndim());
  int extra = 0;
  while (extra < ndim - 1 && value.shape(extra) == 1 && ndim - extra > dims) ++extra;
  return without_leading_axes(value, extra);
}

// The value has no axis for an int and one for None, the region the other way round: walking from the last
// axis, those are inserted and squeezed. Axes count from the end, since the value may lack leading ones.
void set_tuple(Region& region, const mx::array& a, const IndexItems& items) {
  int axes = consumed_axes(items);
  if (axes == 0) {
    region.update = mx::broadcast_to(region.update, a.shape());
    return;
  }
  int trailing = static_cast<int>(a.ndim()) - axes;
  int count = static_cast<int>(items.size());
  int axis = axes - 1;
  int value_axis = static_cast<int>(region.update.ndim()) - trailing - 1;
  std::vector<int> inserted, squeezed;
  for (int i = count - 1; i >= 0; --i) {
    const IndexItem& item = items[i];
    int from_end = i - count - trailing;
    if (is_new_axis(item)) {
      if (value_axis-- >= 0) squeezed.push_back(from_end);
      continue;
    }
    if (is_slice(item)) {
      --value_axis;
    } else if (value_axis >= 0) {
      inserted.push_back(from_end);
    }
    region.set(axis, item_bounds(item, a.shape(axis)));
    --axis;
  }
  region.update = mx::squeeze(mx::expand_dims(region.update, inserted), squeezed);
}

Region region_of(const mx::array& a, const Index& index, const mx::array& value) {
  Region region{fitted(value, static_cast<int>(a.ndim())), mx::Shape(a.ndim(), 0), a.shape(),
                mx::Shape(a.ndim(), 1)};
  if (index.is_tuple) {
    set_tuple(region, a, expand_tuple(a, index.items));
  } else {
    region.set(0, item_bounds(index.items[0], a.shape(0)));
  }
  return region;
}

// ---- Scattered positions ----------------------------------------------------------------------------------

// The positions of the leading axes with the items that they come from, and the value in the positions' shape
// followed by that of what each one selects. Without positions the value stands for the whole array.
struct Scattered {
  IndexItems items;
  std::vector<mx::array> positions;
  mx::array updates;
};

mx::array without_leading_ones(const mx::array& value) {
  auto shape = value.shape();
  auto first = std::ranges::find_if(shape, [](int size) { return size != 1; });
  return without_leading_axes(value, static_cast<int>(first - shape.begin()));
}

Scattered scatter_array(const mx::array& a, const mx::array& positions, const mx::array& value) {
  mx::Shape shape = positions.shape();
  shape.insert(shape.end(), a.shape().begin() + 1, a.shape().end());
  mx::array updates = mx::broadcast_to(without_leading_ones(value), shape);
  shape.insert(shape.begin() + positions.ndim(), 1);
  return {{&positions}, {positions}, mx::reshape(updates, shape)};
}

// How MLX lays out the positions of a tuple. Slices after the last array whose step is 1 need no positions:
// they are part of what each position selects.
struct Layout {
  int array_dims = 0;         // dimensions that the index arrays broadcast to
  bool arrays_first = false;  // before those of slices and None, or after
  int arrays = 0;
  int stepped = 0;  // slices with a step
  int dims = 0;     // of the positions altogether
};

Layout layout_of(const IndexItems& items) {
  Layout layout;
  int new_axes = 0, slices = 0, simple_slices_at_end = 0;
  bool interrupted = false;
  for (const IndexItem& item : items) {
    if (is_new_axis(item)) ++new_axes;
    if (const auto* slice = std::get_if<Slice>(&item)) {
      ++slices;
      if (slice->step.value_or(1) == 1) {
        ++simple_slices_at_end;
      } else {
        ++layout.stepped;
        simple_slices_at_end = 0;
      }
    }
    if (is_array(item)) {
      layout.arrays_first |= interrupted;
      layout.array_dims = std::max(layout.array_dims, static_cast<int>(array_in(item).ndim()));
      ++layout.arrays;
      simple_slices_at_end = 0;
    } else if (!is_int(item)) {
      interrupted = layout.arrays > 0;
    }
  }
  layout.dims = std::max(1, layout.array_dims + new_axes + slices - simple_slices_at_end);
  return layout;
}

Scattered scatter_tuple(const mx::array& a, const IndexItems& items, const mx::array& value) {
  mx::array update = without_leading_ones(value);
  int axes = consumed_axes(items);
  if (axes == 0) return {{}, {}, mx::broadcast_to(update, a.shape())};

  Layout layout = layout_of(items);
  IndexItems used;
  std::vector<mx::array> positions;
  mx::Shape selected(axes, 1);  // what one position selects of each axis
  mx::Shape simple_sizes;
  int next_dim = 0, arrays_seen = 0, stepped_left = layout.stepped;
  for (const IndexItem& item : items) {
    if (is_new_axis(item)) {
      ++next_dim;
      continue;
    }
    used.push_back(item);
    int axis = static_cast<int>(positions.size());
    int size = a.shape(axis);
    mx::Shape shape(layout.dims, 1);
    // MLX counts too few dimensions where arrays come first and simple slices last: then the reshape fails.
    auto set_dim = [&](int dim, int length) {
      if (dim < layout.dims) shape[dim] = length;
    };
    if (const int* index = std::get_if<int>(&item)) {
      positions.push_back(int_positions(*index, size));
    } else if (const auto* slice = std::get_if<Slice>(&item)) {
      Bounds bounds = clamped_bounds(*slice, size);
      if (arrays_seen >= layout.arrays && stepped_left <= 0 && slice->step.value_or(1) == 1) {
        positions.push_back(mx::array({bounds.start}, shape, mx::uint32));
        selected[axis] = bounds.stop - bounds.start;
        simple_sizes.push_back(selected[axis]);
      } else {
        mx::array expanded = slice_positions(*slice, size);
        set_dim(next_dim++ + (layout.arrays_first ? layout.array_dims : 0), expanded.shape(0));
        positions.push_back(mx::reshape(expanded, shape));
        --stepped_left;
      }
    } else {
      const mx::array& array = array_in(item);
      int dims = static_cast<int>(array.ndim());
      int first = (layout.arrays_first ? 0 : next_dim) + layout.array_dims - dims;
      for (int i = 0; i < dims; ++i) set_dim(first + i, array.shape(i));
      positions.push_back(mx::reshape(array, shape));
      if (!layout.arrays_first && ++arrays_seen == layout.arrays) next_dim += layout.array_dims;
    }
  }

  positions = mx::broadcast_arrays(positions);
  mx::Shape given = positions[0].shape(), wanted = positions[0].shape();
  given.insert(given.end(), simple_sizes.begin(), simple_sizes.end());
  given.insert(given.end(), a.shape().begin() + axes, a.shape().end());
  wanted.insert(wanted.end(), selected.begin(), selected.end());
  wanted.insert(wanted.end(), a.shape().begin() + axes, a.shape().end());
  return {std::move(used), std::move(positions), mx::reshape(mx::broadcast_to(update, given), wanted)};
}

Scattered scattered_of(const mx::array& a, const Index& index, const mx::array& value) {
  if (index.is_tuple) return scatter_tuple(a, expand_tuple(a, index.items), value);
  const IndexItem& item = index.items.at(0);
  if (std::holds_alternative<bool>(item))
    throw std::invalid_argument("Cannot update with a bool as the index.");
  if (is_new_axis(item)) return {{}, {}, mx::broadcast_to(value, a.shape())};
  if (std::holds_alternative<Ellipsis>(item)) {
    return {{}, {}, mx::broadcast_to(without_leading_ones(value), a.shape())};
  }
  // Ints and slices get here only if there is no dimension for them.
  if (a.ndim() == 0) throw std::invalid_argument("Too many indices: the array has no dimensions.");
  return scatter_array(a, array_in(item), value);
}

mx::array scatter(const mx::array& a, const Index& index, const mx::array& value,
                  const Operation& operation) {
  Scattered scattered = scattered_of(a, index, value);
  const auto& [items, positions, updates] = scattered;
  if (positions.empty()) return operation.whole(a, updates, {});
  // MLX throws a bare string for these.
  if (std::ranges::any_of(positions, [](const mx::array& p) { return p.dtype() == mx::bool_; })) {
    throw std::invalid_argument("A boolean mask can only be used on its own, to set elements.");
  }
  std::vector<int> axes(positions.size());
  std::iota(axes.begin(), axes.end(), 0);
  mx::array out = operation.scattered(a, positions, operation.prepare(updates, {}), axes, {});
  // MLX divides by zero when it scatters updates without elements.
  if (updates.size() == 0) return a;
  require_in_bounds(a, items);
  return out;
}

mx::array update_with(const mx::array& a, const Index& index, const mx::array& value,
                      const Operation& operation) {
  if (!selects_region(a, index)) return scatter(a, index, value, operation);
  Region region = region_of(a, index, value);
  return operation.region(a, operation.prepare(region.update, {}), std::move(region.starts),
                          std::move(region.stops), std::move(region.steps), {});
}

// ---- A boolean mask ---------------------------------------------------------------------------------------

std::optional<mx::array> mask_of(const Index& index) {
  if (index.is_tuple) return std::nullopt;
  const IndexItem& item = index.items.at(0);
  if (const bool* flag = std::get_if<bool>(&item)) return mx::array(*flag, mx::bool_);
  if (is_array(item) && array_in(item).dtype() == mx::bool_) return array_in(item);
  return std::nullopt;
}

mx::array set_masked(const mx::array& a, const mx::array& mask, const mx::array& value) {
  mx::array out = mx::masked_scatter(a, mask, value);
  // MLX divides by zero when there is no value to take.
  if (value.size() == 0 && a.size() > 0) {
    throw std::invalid_argument("An assignment through a boolean mask needs at least one value.");
  }
  return out;
}

}  // namespace

mx::array set_index(const mx::array& a, const Index& index, const mx::array& value) {
  if (auto mask = mask_of(index)) return set_masked(a, *mask, value);
  return update_with(a, index, value, kSet);
}

mx::array update_index(const mx::array& a, const Index& index, const mx::array& value, UpdateKind kind) {
  return update_with(a, index, value, kUpdates[static_cast<size_t>(kind)]);
}

}  // namespace node_mlx::indexing
