// Guards: what guards.toml calls to refuse arguments with which MLX crashes, hangs or touches foreign memory.
//
// Each throws the error that MLX raises for a similar mistake. A guard looks at the arguments only, never at
// the arrays' values, so that nothing is evaluated early.
#pragma once

#include <sstream>
#include <stdexcept>

#include "mlx/mlx.h"

namespace node_mlx {

namespace mx = mlx::core;

inline void require_positive(int value, const char* name) {
  if (value > 0) return;
  std::ostringstream message;
  message << "Argument '" << name << "' must be positive, got " << value << ".";
  throw std::invalid_argument(message.str());
}

// A count of steps along an axis, beyond whose size further steps change nothing.
inline int within_axis(int count, const mx::array& a, int axis) {
  int dims = static_cast<int>(a.ndim());
  if (axis < -dims || axis >= dims) return count;  // MLX reports it
  return std::min(count, std::max(1, a.shape(axis)));  // one step also checks the stream
}

}  // namespace node_mlx
