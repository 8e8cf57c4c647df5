// Owned values: C++ objects that live as long as a JavaScript value.
//
// JavaScript keeps the value inside the function that needs it. The environment watches it, and deletes the
// object when the value was collected or the environment ends. (Finalizers would wait for the event loop to
// turn.)
#pragma once

#include <node_api.h>

#include <memory>

#include "call.h"
#include "evaluation.h"
#include "values.h"

namespace node_mlx {

// A JavaScript value that owns `object`.
template <class T>
napi_value own(Call& call, std::unique_ptr<T> object) {
  napi_value value;
  check(call.env(), napi_create_external(call.env(), object.get(), nullptr, nullptr, &value));
  call.environment.watch(value, [owned = std::shared_ptr<T>(std::move(object))]() mutable {
    EvaluationLock lock;
    owned.reset();
  });
  return value;
}

// The object that the value at a position owns. The value must have been made by `own<T>`.
template <class T>
T& owned(Call& call, int position) {
  void* object = nullptr;
  check(call.env(), napi_get_value_external(call.env(), call.value(position), &object));
  return *static_cast<T*>(object);
}

}  // namespace node_mlx
