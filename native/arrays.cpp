// Arrays: what JavaScript may ask of one, its life, and evaluation.
#include "arrays.h"

#include "evaluation.h"
#include "mlx/memory.h"

namespace node_mlx {

namespace {

void shape(Call& call) { call.result_shape(call.array(0).shape()); }
void dtype(Call& call) { call.result_dtype(call.array(0).dtype()); }

// Number of elements, and the dtype.
void size(Call& call) {
  const mx::array& a = call.array(0);
  call.result_real(static_cast<double>(a.size()));
  call.result_dtype(a.dtype());
}

// Makes value(0) the owner of the handle in value(1), which an earlier call returned.
void attach(Call& call) {
  uint32_t handle = 0;
  napi_get_value_uint32(call.env(), call.value(1), &handle);
  call.environment.adopt(handle, call.value(0));
}

// The handles of an earlier call's results from the one in register 0 on.
void more_results(Call& call) { call.more_results(static_cast<size_t>(call.integer(0))); }

void release(Call& call) {
  uint32_t handle = 0;
  napi_get_value_uint32(call.env(), call.value(0), &handle);
  call.environment.release(handle);
}

// A second wrapper (value(0)) for the array in register 0: it shares the graph node, as a copy does in
// Python.
void copy(Call& call) { call.result(mx::array(call.array(0))); }

// Replaces the array in register 0 by the one in register 1, for every wrapper's sake: in-place operators.
void overwrite(Call& call) { call.replace(0, call.array(1)); }

void evaluate(Call& call) { call.environment.evaluate(call.arrays(0)); }

void live(Call& call) { call.result_real(static_cast<double>(call.environment.arrays.live())); }

void collect(Call& call) { call.environment.collect(true); }

void buffer_size(Call& call) {
  EvaluationLock lock;
  call.result_real(static_cast<double>(mx::get_array_buffer_size(call.arrays(0))));
}

void depends(Call& call) { call.results(mx::depends(call.arrays(0), call.arrays(1))); }

}  // namespace

const Export arrays_exports[] = {
    {"shape", invoke<shape>},
    {"dtype", invoke<dtype>},
    {"size", invoke<size>},
    {"attach", invoke<attach>},
    {"more_results", invoke<more_results>},
    {"release", invoke<release>},
    {"copy", invoke<copy>},
    {"overwrite", invoke<overwrite>},
    {"evaluate", invoke<evaluate>, "eval"},
    {"live", invoke<live>},
    {"collect", invoke<collect>},
    {"buffer_size", invoke<buffer_size>, "get_array_buffer_size"},
    {"depends", invoke<depends>, "depends"},
};
const size_t arrays_export_count = std::size(arrays_exports);

}  // namespace node_mlx
