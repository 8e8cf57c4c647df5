// Writing with an index: a[index] = value, and a.at[index].add(value) and its kin.
#pragma once

#include "index.h"

namespace node_mlx::indexing {

// What happens to the elements that an index selects; equal to UPDATE in js/indexing.ts.
enum class UpdateKind : int32_t { add = 0, subtract, multiply, divide, maximum, minimum };

// a with the elements at an index replaced. A boolean mask selects elements one by one.
mx::array set_index(const mx::array& a, const Index& index, const mx::array& value);

// a with the elements at an index combined with a value; an element selected twice is combined twice.
mx::array update_index(const mx::array& a, const Index& index, const mx::array& value, UpdateKind kind);

}  // namespace node_mlx::indexing
