// The table of functions in kernels.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export kernels_exports[];
extern const size_t kernels_export_count;
}  // namespace node_mlx
