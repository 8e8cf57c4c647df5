// Integer division that no numbers can crash.
//
// The processor traps where the smallest integer is divided by -1, and MLX's divmod also where anything is
// divided by 0: the process ends. Here both give what MLX gives elsewhere: the quotient wraps, and x // 0 is
// 0.
#pragma once

#include <vector>

#include "mlx/mlx.h"

namespace node_mlx {

namespace mx = mlx::core;

namespace integer {

mx::array floor_divide(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream = {});
mx::array remainder(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream = {});
std::vector<mx::array> divmod(const mx::array& a, const mx::array& b, mx::StreamOrDevice stream = {});

}  // namespace integer

}  // namespace node_mlx
