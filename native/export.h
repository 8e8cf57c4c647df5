// The table of functions in export.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export export_exports[];
extern const size_t export_export_count;
}  // namespace node_mlx
