// The table of functions in indexing.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export indexing_exports[];
extern const size_t indexing_export_count;
}  // namespace node_mlx
