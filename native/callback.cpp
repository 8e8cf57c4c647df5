#include "callback.h"

#include <stdexcept>
#include <thread>

#include "handle_scope.h"

namespace node_mlx {

Arrays call_with_arrays(Environment& environment, napi_value function, const Arrays& inputs,
                        const std::vector<int>& arguments) {
  napi_env env = environment.env;
  HandleScope scope(env);
  Call call(environment, nullptr);
  call.results(inputs);
  std::vector<napi_value> values(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) napi_create_int32(env, arguments[i], &values[i]);
  napi_value receiver, returned;
  napi_get_undefined(env, &receiver);
  if (napi_call_function(env, receiver, function, values.size(), values.data(), &returned) != napi_ok) {
    throw PendingException{};
  }
  int32_t position = kNoList;
  if (napi_get_value_int32(env, returned, &position) != napi_ok) throw PendingException{};
  auto [handles, count] = call.list_items(position);
  Arrays outputs;
  outputs.reserve(count);
  for (size_t i = 0; i < count; ++i) outputs.push_back(call.array_of(handles[i]));
  return outputs;
}

struct PersistentCallback::Held {
  Environment& environment;
  std::shared_ptr<DeferredReferences> deferred;
  napi_ref reference = nullptr;
  std::thread::id thread = std::this_thread::get_id();

  explicit Held(Environment& environment) : environment(environment), deferred(environment.deferred) {}
  ~Held() { deferred->release_later(reference); }
};

PersistentCallback::PersistentCallback(Environment& environment, napi_value function)
    : held_(std::make_shared<Held>(environment)) {
  if (napi_create_reference(environment.env, function, 1, &held_->reference) != napi_ok) {
    throw std::invalid_argument("A function is needed.");
  }
}

Environment& PersistentCallback::environment() const { return held_->environment; }

Arrays PersistentCallback::operator()(const Arrays& inputs, const std::vector<int>& arguments) const {
  if (std::this_thread::get_id() != held_->thread || held_->deferred->closed()) {
    throw std::runtime_error("A JavaScript function can only be traced on the thread that it belongs to.");
  }
  napi_value function = nullptr;
  if (napi_get_reference_value(held_->environment.env, held_->reference, &function) != napi_ok || !function) {
    throw std::runtime_error("The function of this graph is gone.");
  }
  return call_with_arrays(held_->environment, function, inputs, arguments);
}

}  // namespace node_mlx
