// The table of functions in host_data.cpp.
#pragma once

#include "call.h"

namespace node_mlx {
extern const Export host_data_exports[];
extern const size_t host_data_export_count;
}  // namespace node_mlx
