// The table of functions in files.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export files_exports[];
extern const size_t files_export_count;
}  // namespace node_mlx
