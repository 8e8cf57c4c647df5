// The table of functions in transforms.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export transforms_exports[];
extern const size_t transforms_export_count;
}  // namespace node_mlx
