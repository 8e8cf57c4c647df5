#include "values.h"

#include <stdexcept>

#include "call.h"

namespace node_mlx {

void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) throw PendingException{};
  throw std::runtime_error("A value could not be passed between JavaScript and native code.");
}

napi_value to_js(napi_env env, const std::string& text) {
  napi_value out;
  check(env, napi_create_string_utf8(env, text.data(), text.size(), &out));
  return out;
}

napi_value to_js(napi_env env, double number) {
  napi_value out;
  check(env, napi_create_double(env, number, &out));
  return out;
}

namespace {

// Item by item, each in a handle scope of its own: a tokenizer's vocabulary has hundreds of thousands.
template <class Items, class Convert>
napi_value make_list(napi_env env, const Items& items, Convert convert) {
  napi_value out;
  check(env, napi_create_array_with_length(env, items.size(), &out));
  for (size_t i = 0; i < items.size(); ++i) {
    HandleScope scope(env);
    check(env, napi_set_element(env, out, static_cast<uint32_t>(i), convert(items[i])));
  }
  return out;
}

}  // namespace

napi_value to_js(napi_env env, const std::vector<std::string>& texts) {
  return make_list(env, texts, [&](const std::string& text) { return to_js(env, text); });
}

napi_value to_js(napi_env env, const std::vector<napi_value>& items) {
  return make_list(env, items, [](napi_value item) { return item; });
}

std::string string_from_js(napi_env env, napi_value value) {
  size_t length = 0;
  check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length, '\0');
  check(env, napi_get_value_string_utf8(env, value, text.data(), length + 1, &length));
  return text;
}

std::vector<napi_value> list_from_js(napi_env env, napi_value list) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, list, &length));
  std::vector<napi_value> out(length);
  for (uint32_t i = 0; i < length; ++i) check(env, napi_get_element(env, list, i, &out[i]));
  return out;
}

std::vector<std::string> strings_from_js(napi_env env, napi_value list) {
  std::vector<std::string> out;
  for (napi_value item : list_from_js(env, list)) out.push_back(string_from_js(env, item));
  return out;
}

Bytes bytes_from_js(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  check(env, napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr));
  if (type != napi_uint8_array) throw std::invalid_argument("A Uint8Array was expected.");
  return {static_cast<const char*>(data), length};
}

}  // namespace node_mlx
