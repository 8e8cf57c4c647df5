// Primitive rules: whether an operation of an imported graph is one that MLX would make itself.
//
// One rule for each primitive that MLX can import. A rule reads the primitive's state, from a file or from
// the primitive, and checks it together with the arrays that go in and come out. Most do so by calling MLX's
// own operation with these inputs: what it makes must have the same inputs, shapes and dtypes. So MLX's
// checks, which importing a graph skips, are made after all.
//
//   Transpose, state (1, 0), inputs (2, 3)   →   mx::transpose(input, {1, 0})   →   outputs must be (3, 2)
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "file_cursor.h"
#include "mlx/mlx.h"

namespace node_mlx {

// Throws where the inputs and outputs do not belong to the primitive whose state it holds. `runs`: whether
// the operation runs with these shapes, or they are an example.
using NodeCheck = std::function<void(const std::vector<mx::array>& inputs,
                                     const std::vector<mx::array>& outputs, bool runs)>;

struct PrimitiveRule {
  NodeCheck (*read)(FileCursor&);
  NodeCheck (*look)(const mx::Primitive&);
};

// The rule of a primitive, by the name of its class; nullptr where there is none.
const PrimitiveRule* find_rule(const std::string& name);

std::string class_name(const mx::Primitive& primitive);

// Runs a check, and names the primitive in the error.
void check_rule(const std::string& name, const NodeCheck& check, const std::vector<mx::array>& inputs,
                const std::vector<mx::array>& outputs, bool runs);

}  // namespace node_mlx
