#include "integer_division.h"

#include <algorithm>

#include "index.h"

namespace node_mlx::integer {

namespace {

template <class T>
bool holds_minus_one(const mx::array& a) {
  const T* items = a.data<T>();
  return std::find(items, items + a.data_size(), T{-1}) != items + a.data_size();
}

// Whether a division may trap. Smaller integers than these are divided as int32, where nothing overflows.
bool may_trap(const mx::array& a, const mx::array& b) {
  mx::Dtype dtype = mx::promote_types(a.dtype(), b.dtype());
  if (dtype != mx::int32 && dtype != mx::int64) return false;
  if (!mx::issubdtype(b.dtype(), mx::signedinteger)) return false;  // it has no -1
  if (!indexing::is_known(b) || !b.flags().contiguous) return true;
  if (b.dtype() == mx::int32) return holds_minus_one<int32_t>(b);
  if (b.dtype() == mx::int64) return holds_minus_one<int64_t>(b);
  return true;
}

mx::array is_minus_one(const mx::array& b, mx::StreamOrDevice stream) {
  return mx::equal(b, mx::array(-1, b.dtype()), stream);
}

// The divisor with 1 in place of -1.
mx::array harmless(const mx::array& b, mx::StreamOrDevice stream) {
  return mx::where(is_minus_one(b, stream), mx::array(1, b.dtype()), b, stream);
}

}  // namespace

mx::array floor_divide(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream) {
  if (!may_trap(a, b)) return mx::floor_divide(a, b, stream);
  auto quotient = mx::floor_divide(a, harmless(b, stream), stream);
  return mx::where(is_minus_one(b, stream), mx::negative(quotient, stream), quotient, stream);
}

mx::array remainder(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream) {
  return mx::remainder(a, may_trap(a, b) ? harmless(b, stream) : b, stream);
}

std::vector<mx::array> divmod(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream) {
  if (!mx::issubdtype(mx::promote_types(a.dtype(), b.dtype()), mx::integer)) return mx::divmod(a, b, stream);
  return {integer::floor_divide(a, b, stream), integer::remainder(a, b, stream)};
}

}  // namespace node_mlx::integer
