// The functions behind a.get, a.set and a.at: register 0 the array, register 1 the index.
#include "indexing.h"

#include <iterator>

#include "index_get.h"
#include "index_update.h"

namespace node_mlx {

namespace {

using namespace indexing;

// a[index]
void index_get(Call& call) { call.result(get_index(call.array(0), decode_index(call, 1))); }

// a[index] = value: register 2 the value. The array in register 0 becomes the new one.
void index_set(Call& call) {
  const mx::array& a = call.array(0);
  call.replace(0, set_index(a, decode_index(call, 1), call.operand(2, a.dtype())));
}

// a.at[index].add(value) and its kin: register 2 the value, 3 the operation.
void index_update(Call& call) {
  const mx::array& a = call.array(0);
  auto kind = static_cast<UpdateKind>(call.integer(3));
  call.result(update_index(a, decode_index(call, 1), call.operand(2, a.dtype()), kind));
}

}  // namespace

const Export indexing_exports[] = {
    {"index_get", invoke<index_get>},
    {"index_set", invoke<index_set>},
    {"index_update", invoke<index_update>},
};
const size_t indexing_export_count = std::size(indexing_exports);

}  // namespace node_mlx
