// preload.node: what has to happen before mlx.node and its libraries are loaded (Linux).
//
// libmlx.so of the CUDA package needs NVIDIA's libraries, which no npm package holds. Where they lie outside
// the system's folders (wheels from PyPI do), the dynamic linker would have to be told before the process
// starts. It takes a library that is loaded already, though, whatever its folder.
//   preload('/…/nvidia/cu13/lib/libnvrtc.so.13')   throws what the dynamic linker says
//
// OpenBLAS reads variables when it is loaded. In a worker thread process.env is a copy, which C never sees.
//   set_default('OPENBLAS_NUM_THREADS', '2')       leaves a variable alone that is set
#include <dlfcn.h>
#include <node_api.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

// The arguments, all of them strings; empty with an exception pending where one is something else.
std::vector<std::string> strings(napi_env env, napi_callback_info info, size_t count) {
  std::vector<napi_value> values(count);
  std::vector<std::string> found;
  napi_get_cb_info(env, info, &count, values.data(), nullptr, nullptr);
  for (napi_value value : values) {
    size_t length = 0;
    if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) {
      napi_throw_type_error(env, nullptr, "The arguments must be strings.");
      return {};
    }
    std::string& text = found.emplace_back(length, '\0');
    napi_get_value_string_utf8(env, value, text.data(), length + 1, &length);
  }
  return found;
}

napi_value preload(napi_env env, napi_callback_info info) {
  auto paths = strings(env, info, 1);
  // Never closed: the library serves until the process ends.
  for (const auto& path : paths) {
    if (!dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL)) napi_throw_error(env, nullptr, dlerror());
  }
  return nullptr;
}

napi_value set_default(napi_env env, napi_callback_info info) {
  auto words = strings(env, info, 2);
  if (!words.empty()) setenv(words[0].c_str(), words[1].c_str(), 0);
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"preload", nullptr, preload, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"set_default", nullptr, set_default, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}
