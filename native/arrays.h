// The table of functions in arrays.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export arrays_exports[];
extern const size_t arrays_export_count;
}  // namespace node_mlx
