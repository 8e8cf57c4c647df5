// Kernels: functions made of Metal or CUDA source, or of a compiled CUDA module.
//
// A kernel holds nothing but its source and the names of its arguments. JavaScript keeps it as an external
// value inside the callable that it returns: it is deleted when the callable was collected or its
// environment ends.
//
//   const kernel = metal_kernel(…)   →   external
//   kernel({ inputs, … })            →   call_kernel(external)
#include "kernels.h"

#include <cstring>

#include "mlx/fast.h"
#include "values.h"

namespace node_mlx {

namespace {

using Kernel = mx::fast::CustomKernelFunction;

void return_kernel(Call& call, Kernel kernel) {
  auto* owned = new Kernel(std::move(kernel));
  napi_value out;
  napi_status status = napi_create_external(
      call.env(), owned, [](napi_env, void* data, void*) { delete static_cast<Kernel*>(data); }, nullptr,
      &out);
  if (status != napi_ok) delete owned;
  check(call.env(), status);
  call.result_value(out);
}

// What metal_kernel and cuda_kernel have in common: name, input names, output names, source, header.
struct Source {
  explicit Source(Call& call)
      : name(call.string(0)),
        inputs(strings_from_js(call.env(), call.value(1))),
        outputs(strings_from_js(call.env(), call.value(2))),
        source(call.string(3)),
        header(call.string(4)) {}
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::string source;
  std::string header;
};

// Registers: ensure_row_contiguous, atomic_outputs, math mode.
void metal_kernel(Call& call) {
  Source s(call);
  mx::CompileOptions options(call.integer(2));
  return_kernel(call, mx::fast::metal_kernel(s.name, s.inputs, s.outputs, s.source, s.header, call.boolean(0),
                                             call.boolean(1), options));
}

// Registers: ensure_row_contiguous, shared memory.
void cuda_kernel(Call& call) {
  Source s(call);
  return_kernel(call, mx::fast::cuda_kernel(s.name, s.inputs, s.outputs, s.source, s.header, call.boolean(0),
                                            call.integer(1)));
}

// A list of shapes: for each its length, then its dimensions.
std::vector<mx::Shape> shapes(Call& call, int k) {
  auto [items, count] = call.list_items(call.registers.ints[2 * k]);
  std::vector<mx::Shape> out;
  for (size_t i = 0; i < count; i += 1 + items[i]) out.emplace_back(items + i + 1, items + i + 1 + items[i]);
  return out;
}

// Calls `take` with each pair of a list of pairs.
template <class Take>
void for_pairs(Call& call, int k, Take take) {
  auto [items, count] = call.list_items(call.registers.ints[2 * k]);
  for (size_t i = 0; i + 1 < count; i += 2) take(items[i], items[i + 1]);
}

// Pairs of code and item size.
std::vector<mx::Dtype> dtypes(Call& call, int k) {
  std::vector<mx::Dtype> out;
  for_pairs(call, k, [&](int32_t code, int32_t size) {
    out.emplace_back(static_cast<mx::Dtype::Val>(code), static_cast<uint8_t>(size));
  });
  return out;
}

// The kinds of a template's and a precompiled kernel's arguments; equal to `KIND` in js/kernels.ts.
enum class ArgumentKind : int32_t { boolean, integer, real, dtype };

// Pairs of kind and value, where a dtype's value is its code and its size in the bits above; names in
// value(1).
std::vector<std::pair<std::string, mx::fast::TemplateArg>> template_arguments(Call& call, int k) {
  auto names = strings_from_js(call.env(), call.value(1));
  std::vector<std::pair<std::string, mx::fast::TemplateArg>> out;
  for_pairs(call, k, [&](int32_t kind, int32_t value) {
    const std::string& name = names.at(out.size());
    switch (static_cast<ArgumentKind>(kind)) {
      case ArgumentKind::boolean:
        return void(out.emplace_back(name, value != 0));
      case ArgumentKind::dtype:
        return void(out.emplace_back(
            name, mx::Dtype(static_cast<mx::Dtype::Val>(value & 255), static_cast<uint8_t>(value >> 8))));
      default:
        return void(out.emplace_back(name, value));
    }
  });
  return out;
}

// Pairs of kind and value, where a float's value is its bits.
std::vector<mx::fast::ScalarArg> scalar_arguments(Call& call, int k) {
  std::vector<mx::fast::ScalarArg> out;
  for_pairs(call, k, [&](int32_t kind, int32_t value) {
    switch (static_cast<ArgumentKind>(kind)) {
      case ArgumentKind::boolean:
        return void(out.emplace_back(value != 0));
      case ArgumentKind::real: {
        float real;
        std::memcpy(&real, &value, sizeof real);
        return void(out.emplace_back(real));
      }
      default:
        return void(out.emplace_back(value));
    }
  });
  return out;
}

// Value 0: the kernel; value 1: the template's names. Registers: inputs, output shapes, output dtypes, grid,
// threadgroup, template, init_value, verbose, stream.
void call_kernel(Call& call) {
  void* kernel = nullptr;
  check(call.env(), napi_get_value_external(call.env(), call.value(0), &kernel));
  call.results((*static_cast<Kernel*>(kernel))(call.arrays(0), shapes(call, 1), dtypes(call, 2),
                                               call.triple(3), call.triple(4), template_arguments(call, 5),
                                               call.maybe_real(6), call.boolean(7), call.stream(8)));
}

// Value 0: the name; value 1: the compiled module. Registers: inputs, output shapes, output dtypes, grid,
// threadgroup, scalars, init_value, ensure_row_contiguous, stream, shared memory.
void precompiled_cuda_kernel(Call& call) {
  Bytes compiled = bytes_from_js(call.env(), call.value(1));
  call.results(mx::fast::precompiled_cuda_kernel(
      call.string(0), std::string(compiled.data, compiled.size), call.arrays(0), shapes(call, 1),
      dtypes(call, 2), scalar_arguments(call, 5), call.triple(3), call.triple(4), call.integer(9),
      call.maybe_real(6), call.boolean(7), call.stream(8)));
}

}  // namespace

const Export kernels_exports[] = {
    {"metal_kernel", invoke<metal_kernel>},
    {"cuda_kernel", invoke<cuda_kernel>},
    {"call_kernel", invoke<call_kernel>},
    {"precompiled_cuda_kernel", invoke<precompiled_cuda_kernel>},
};
const size_t kernels_export_count = std::size(kernels_exports);

}  // namespace node_mlx
