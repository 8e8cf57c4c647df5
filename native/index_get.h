// Reading with an index: a[index].
#pragma once

#include "index.h"

namespace node_mlx::indexing {

mx::array get_index(const mx::array& a, const Index& index);

}  // namespace node_mlx::indexing
