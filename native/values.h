// Values: JavaScript strings and lists, for the few functions whose arguments or results are more than
// arrays and numbers (files, kernels).
#pragma once

#include <node_api.h>

#include <cstdint>
#include <string>
#include <vector>

#include "handle_scope.h"

namespace node_mlx {

// Throws where Node-API reports a failure; a pending JavaScript exception passes through.
void check(napi_env env, napi_status status);

napi_value to_js(napi_env env, const std::string& text);
napi_value to_js(napi_env env, double number);
napi_value to_js(napi_env env, const std::vector<std::string>& texts);
napi_value to_js(napi_env env, const std::vector<napi_value>& items);

std::string string_from_js(napi_env env, napi_value value);
std::vector<napi_value> list_from_js(napi_env env, napi_value list);
std::vector<std::string> strings_from_js(napi_env env, napi_value list);

// Memory of a Uint8Array, valid while JavaScript does not run.
struct Bytes {
  const char* data;
  size_t size;
};
Bytes bytes_from_js(napi_env env, napi_value value);

}  // namespace node_mlx
