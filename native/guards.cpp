#include "guards.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "index.h"
#include "mlx/backend/common/utils.h"
#include "mlx/dtype_utils.h"

namespace node_mlx {

namespace {

template <class... Parts>
std::string text(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return out.str();
}

bool has_axis(const mx::array& a, int axis) {
  int dims = static_cast<int>(a.ndim());
  return axis >= -dims && axis < dims;
}

// Calls `check` with each item of an array of ints that is already computed. MLX itself reports other dtypes.
template <class Check>
void check_known_items(const mx::array& a, Check check) {
  if (!mx::issubdtype(a.dtype(), mx::integer) || !indexing::is_known(a)) return;
  mx::dispatch_int_types(a.dtype(), "[guard]", [&](auto tag) {
    const auto* items = a.data<MLX_GET_TYPE(tag)>();
    bool in_order = a.flags().row_contiguous;
    for (size_t i = 0; i < a.size(); ++i) {
      check(i, static_cast<__int128>(items[in_order ? i : mx::elem_to_loc(static_cast<int>(i), a)]));
    }
  });
}

void require_within(const mx::array& positions, int64_t low, int64_t high) {
  check_known_items(positions, [&](size_t, __int128 item) {
    if (item >= low && item <= high) return;
    throw std::out_of_range(
        text("Index ", static_cast<int64_t>(item), " is out of bounds [", low, ", ", high, "]."));
  });
}

}  // namespace

void require_positive(int value, const char* name) {
  if (value <= 0) throw std::invalid_argument(text("'", name, "' must be positive, got ", value, "."));
}

void require_positive(const std::optional<int>& value, const char* name) {
  if (value) require_positive(*value, name);
}

int within_axis(int count, const mx::array& a, int axis) {
  // At least one step, which also checks the stream.
  return has_axis(a, axis) ? std::min(count, std::max(1, a.shape(axis))) : count;
}

void require_few(int64_t count) {
  constexpr int64_t kMostResults = 1 << 24;
  if (count > kMostResults) throw std::invalid_argument(text(count, " arrays are too many."));
}

void require_elements(const mx::array& a, const char* name) {
  if (a.size() == 0) {
    throw std::invalid_argument(text("'", name, "' must not be empty, got shape ", a.shape(), "."));
  }
}

void require_matrices(const mx::array& a) {
  if (a.ndim() >= 2 && (a.shape(-1) == 0 || a.shape(-2) == 0)) {
    throw std::invalid_argument(text("Matrices must not be empty, got shape ", a.shape(), "."));
  }
}

void require_inferable(const mx::Shape& shape) {
  bool infers = std::find(shape.begin(), shape.end(), -1) != shape.end();
  bool is_empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
  if (infers && is_empty) {
    throw std::invalid_argument(text("No dimension can be inferred beside 0, got shape ", shape, "."));
  }
}

void require_strides_inside(const mx::array& a, const std::optional<mx::Shape>& shape,
                            const std::optional<mx::Strides>& strides, uint64_t offset) {
  const mx::Shape& target = shape ? *shape : a.shape();
  if (std::any_of(target.begin(), target.end(), [](auto dim) { return dim <= 0; })) return;
  if (strides && strides->size() < target.size()) {
    throw std::invalid_argument("Give at least as many strides as dimensions.");
  }
  // 128 bits: a stride has 64, and no sum of fewer than 2^33 products overflows.
  __int128 first = offset, last = offset, contiguous = 1;
  for (size_t i = target.size(); i-- > 0;) {
    __int128 reach = (strides ? static_cast<__int128>((*strides)[i]) : contiguous) * (target[i] - 1);
    (reach < 0 ? first : last) += reach;
    contiguous *= target[i];
    if (last >= static_cast<__int128>(a.size()) || first < 0) {
      throw std::invalid_argument(
          text("Shape ", target, ", strides and offset reach outside of ", a.size(), " elements."));
    }
  }
}

void require_slice_inside(const mx::array& a, const mx::array& start, const std::vector<int>& axes,
                          const mx::Shape& sizes) {
  if (std::any_of(sizes.begin(), sizes.end(), [](auto size) { return size < 0; })) {
    throw std::invalid_argument(text("Negative sizes are not allowed, got ", sizes, "."));
  }
  if (start.ndim() > 1 || start.size() != axes.size() || sizes.size() != a.ndim()) return;  // MLX reports it
  check_known_items(start, [&](size_t i, __int128 item) {
    if (!has_axis(a, axes[i])) return;
    size_t axis = axes[i] < 0 ? axes[i] + a.ndim() : axes[i];
    int last = a.shape(axis) - sizes[axis];
    if (last < 0 || (item >= 0 && item <= last)) return;
    throw std::out_of_range(text("A slice of ", sizes[axis], " elements cannot start at ",
                                 static_cast<int64_t>(item), " of ", a.shape(axis), "."));
  });
}

void require_update_inside(const mx::array& a, const mx::array& update, const mx::array& start,
                           const std::vector<int>& axes) {
  if (update.ndim() > a.ndim()) {
    throw std::invalid_argument(
        text("An update of ", update.ndim(), " dimensions does not fit an array of ", a.ndim(), "."));
  }
  // A dimension that the update lacks is 1 along the axes that have a start, and whole along the others.
  size_t missing = a.ndim() - update.ndim();
  mx::Shape sizes = a.shape();
  std::copy(update.shape().begin(), update.shape().end(), sizes.begin() + missing);
  for (int axis : axes) {
    if (!has_axis(a, axis)) return;  // MLX reports it
    size_t i = axis < 0 ? axis + a.ndim() : axis;
    if (i < missing) sizes[i] = 1;
  }
  require_slice_inside(a, start, axes, sizes);
}

void require_positions(const std::optional<mx::array>& positions, const mx::array& a,
                       const std::optional<int>& axis) {
  if (!positions || (axis && !has_axis(a, *axis))) return;
  int64_t size = axis ? a.shape(*axis) : static_cast<int64_t>(a.size());
  if (size > 0) require_within(*positions, -size, size - 1);
}

void require_matrix_positions(const std::optional<mx::array>& positions, const mx::array& stack) {
  if (!positions || stack.ndim() < 2) return;
  int64_t count = 1;
  for (size_t i = 0; i + 2 < stack.ndim(); ++i) count *= stack.shape(i);
  if (count > 0) require_within(*positions, 0, count - 1);
}

void require_segments(const mx::array& segments, const mx::array& a) {
  if (a.ndim() == 2) require_within(segments, 0, a.shape(1));
}

mx::array without_gradient(const mx::array& a) { return a.is_tracer() ? mx::stop_gradient(a) : a; }

void require_scales(const mx::array& w, const std::optional<mx::array>& scales) {
  if (w.dtype() == mx::uint32 && !scales) {
    throw std::invalid_argument("Scales must be given where 'w' is quantized.");
  }
}

}  // namespace node_mlx
