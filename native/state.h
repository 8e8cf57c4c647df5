// The table of functions in state.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export state_exports[];
extern const size_t state_export_count;
}  // namespace node_mlx
