// Guards: what guards.toml calls to refuse arguments with which MLX crashes, hangs or touches foreign memory.
//
// Each throws the error that MLX raises for a similar mistake. A guard looks at shapes and numbers; of arrays
// of positions only where their values are already computed, so that nothing is evaluated early.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "call.h"
#include "errors.h"
#include "mlx/mlx.h"

namespace node_mlx {

void require_positive(int value, const char* name);
void require_positive(const std::optional<int>& value, const char* name);

template <class T>
void require_given(const std::optional<T>& value, const char* name) {
  if (!value) throw TypeError(std::string("missing argument '") + name + "'.");
}

// A count of steps along an axis, beyond whose size further steps change nothing.
int within_axis(int count, const mx::array& a, int axis);

// How many arrays a call returns.
void require_few(int64_t count);

// A size of 0 anywhere in an array, where MLX divides by it or hands it to BLAS.
void require_elements(const mx::array& a, const char* name);

// The last two dimensions of a stack of matrices: MLX divides by their product.
void require_matrices(const mx::array& a);

// A dimension can be inferred (-1) only beside others whose product is not 0.
void require_inferable(const mx::Shape& shape);

// What as_strided reads must lie within the array.
void require_strides_inside(const mx::array& a, const std::optional<mx::Shape>& shape,
                            const std::optional<mx::Strides>& strides, uint64_t offset);

// A slice of `sizes` along `axes` that begins at `start` must lie within the array.
void require_slice_inside(const mx::array& a, const mx::array& start, const std::vector<int>& axes,
                          const mx::Shape& sizes);

// An update that begins at `start` must lie within the array, and may not have more dimensions.
void require_update_inside(const mx::array& a, const mx::array& update, const mx::array& start,
                           const std::vector<int>& axes);

// Positions along an axis (of the flattened array without one), or of the matrices in a stack of them.
void require_positions(const std::optional<mx::array>& positions, const mx::array& a,
                       const std::optional<int>& axis);
void require_matrix_positions(const std::optional<mx::array>& positions, const mx::array& stack);

// Bounds of segments: they may also name the end of the axis.
void require_segments(const mx::array& segments, const mx::array& a);

// An array that no gradient flows through: MLX has none for it, and reads on where it expects one.
mx::array without_gradient(const mx::array& a);

// Quantized weights are of no use without their scales.
void require_scales(const mx::array& w, const std::optional<mx::array>& scales);

}  // namespace node_mlx
