// State: random key, default stream, print options, and facts about dtypes, shapes and devices.
#include "state.h"

#include <sstream>

#include "evaluation.h"
#include "mlx/einsum.h"
#include "mlx/mlx.h"
#include "mlx/version.h"

namespace node_mlx {

namespace {

void mlx_version(Call& call) { call.result_string(mx::version()); }

// ---- Random -----------------------------------------------------------------------------------------------

void random_seed(Call& call) {
  call.environment.set_random_key(mx::random::key(static_cast<uint64_t>(call.wide_integer(0))));
}

void current_random_key(Call& call) { call.result(mx::array(call.environment.random_key())); }

// ---- Streams and devices ----------------------------------------------------------------------------------

void current_stream(Call& call) {
  call.environment.prepare_default();
  call.result_stream(mx::default_stream(mx::default_device()));
}

// Makes the stream in register 0 (a device stands for its default stream) the default, and its device too.
void enter_stream(Call& call) {
  mx::Stream stream = mx::to_stream(call.stream(0));
  mx::set_default_device(stream.device);
  mx::set_default_stream(stream);
}

void clear_streams(Call& call) {
  EvaluationLock lock;
  call.environment.reset_random_key();
  mx::clear_streams();
}

void device_info(Call& call) {
  mx::Device device = call.maybe_device(0).value_or(mx::default_device());
  napi_value out;
  napi_create_object(call.env(), &out);
  for (const auto& [key, value] : mx::device_info(device)) {
    napi_value item;
    if (auto* text = std::get_if<std::string>(&value)) {
      napi_create_string_utf8(call.env(), text->data(), text->size(), &item);
    } else {
      napi_create_double(call.env(), static_cast<double>(std::get<size_t>(value)), &item);
    }
    napi_set_named_property(call.env(), out, key.c_str(), item);
  }
  call.result_value(out);
}

// ---- Printing ---------------------------------------------------------------------------------------------

void set_printoptions(Call& call) {
  EvaluationLock lock;
  mx::set_printoptions({call.integer(0)});
}

void get_printoptions(Call& call) {
  EvaluationLock lock;
  call.registers.ints[0] = mx::get_global_formatter().format_options.precision;
}

// ---- Dtypes and shapes ------------------------------------------------------------------------------------

void promote_types(Call& call) { call.result_dtype(mx::promote_types(call.dtype(0), call.dtype(1))); }

void finfo(Call& call) {
  mx::finfo info(call.dtype(0));
  call.result_dtype(info.dtype);
  call.registers.ints[1] = info.bits;
  double* out = call.registers.doubles;
  out[0] = info.min;
  out[1] = info.max;
  out[2] = info.eps;
  out[3] = info.smallest_normal;
  std::ostringstream text;
  text << "finfo(min=" << info.min << ", max=" << info.max << ", dtype=" << info.dtype << ")";
  call.result_string(text.str());
}

void iinfo(Call& call) {
  mx::iinfo info(call.dtype(0));
  auto* out = reinterpret_cast<int64_t*>(call.registers.doubles);
  out[0] = info.min;
  out[1] = static_cast<int64_t>(info.max);
  std::ostringstream text;
  text << "iinfo(min=" << info.min << ", max=" << info.max << ", dtype=" << info.dtype << ")";
  call.result_string(text.str());
}

void broadcast_shapes(Call& call) { call.result_shape(mx::broadcast_shapes(call.shape(0), call.shape(1))); }

// The path as a flat list: each contraction's length and its positions; the report is returned.
void einsum_path(Call& call) {
  auto [path, report] = mx::einsum_path(call.string(1), call.arrays(0));
  mx::Shape flat;
  for (const auto& contraction : path) {
    flat.push_back(static_cast<int>(contraction.size()));
    for (int position : contraction) flat.push_back(position);
  }
  call.result_shape(flat);
  call.result_string(report);
}

}  // namespace

const Export state_exports[] = {
    {"mlx_version", invoke<mlx_version>},
    {"random_seed", invoke<random_seed>, "seed"},
    {"current_random_key", invoke<current_random_key>},
    {"current_stream", invoke<current_stream>},
    {"enter_stream", invoke<enter_stream>, "stream"},
    {"clear_streams", invoke<clear_streams>},
    {"device_info", invoke<device_info>, "device_info"},
    {"set_printoptions", invoke<set_printoptions>},
    {"get_printoptions", invoke<get_printoptions>},
    {"promote_types", invoke<promote_types>},
    {"finfo", invoke<finfo>, "finfo"},
    {"iinfo", invoke<iinfo>, "iinfo"},
    {"broadcast_shapes", invoke<broadcast_shapes>, "broadcast_shapes"},
    {"einsum_path", invoke<einsum_path>, "einsum_path"},
};
const size_t state_export_count = std::size(state_exports);

}  // namespace node_mlx
