// Graph check: whether the graph that a shapeless function made for a call can run.
//
// A shapeless function, compiled or imported, computes the shapes of its graph anew for each call, and MLX
// does not check that they fit each other: a matrix product of (2, 5) and (3, 4) would read outside of its
// buffers.
#pragma once

#include <set>
#include <vector>

#include "mlx/mlx.h"

namespace node_mlx {

namespace mx = mlx::core;

// Throws an invalid_argument where an operation between the inputs and the outputs is impossible.
void check_graph(const std::vector<mx::array>& inputs, const std::vector<mx::array>& outputs);

// Shapes that a function was called with: each set of them has to be checked once.
class CheckedShapes {
 public:
  // Checks the graph of a call, unless one with inputs of the same shapes and dtypes was. `kind` tells calls
  // apart that differ in more.
  void check(const std::vector<mx::array>& inputs, const std::vector<mx::array>& outputs, int kind = 0);

 private:
  std::set<std::vector<int>> checked_;
};

}  // namespace node_mlx
