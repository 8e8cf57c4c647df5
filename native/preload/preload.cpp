// preload.node: loads shared libraries by path, so that mlx.node finds them by name afterwards.
//
// libmlx.so of the CUDA package needs NVIDIA's libraries, which no npm package holds. Where they lie outside
// the system's folders (wheels from PyPI do), the dynamic linker would have to be told before the process
// starts. It takes a library that is loaded already, though, whatever its folder.
//   preload('/…/nvidia/cu13/lib/libnvrtc.so.13')   throws what the dynamic linker says
#include <dlfcn.h>
#include <node_api.h>

#include <string>

namespace {

napi_value preload(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  size_t length = 0;
  if (napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr) != napi_ok ||
      napi_get_value_string_utf8(env, argument, nullptr, 0, &length) != napi_ok) {
    napi_throw_type_error(env, nullptr, "preload takes the path of a library.");
    return nullptr;
  }
  std::string path(length, '\0');
  napi_get_value_string_utf8(env, argument, path.data(), length + 1, &length);
  // Never closed: the library serves until the process ends.
  if (!dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL)) napi_throw_error(env, nullptr, dlerror());
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "preload", NAPI_AUTO_LENGTH, preload, nullptr, &function);
  return function;
}
