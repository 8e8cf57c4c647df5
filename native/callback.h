// Callback: a JavaScript function of arrays, as MLX's transforms call it while they trace.
//
// Native code leaves the input arrays in the list area, as handles that the function takes over at once; the
// function returns the position of the list of its outputs. Trees, keywords and wrappers are JavaScript's
// business (js/tree.ts): what crosses here is flat. What the function throws stays pending and unwinds MLX's
// frames as PendingException, so that the user's own error arrives unchanged.
//
// Threads: only ever called on the JavaScript thread of its environment.
#pragma once

#include <node_api.h>

#include <memory>
#include <vector>

#include "call.h"

namespace node_mlx {

using Arrays = std::vector<mx::array>;

// Calls `function` with arrays and any further ints as arguments. Returns the arrays it returned.
Arrays call_with_arrays(Environment& environment, napi_value function, const Arrays& inputs,
                        const std::vector<int>& arguments = {});

// A function that outlives the call that passed it: a graph holds it. The reference may be dropped on any
// thread.
class PersistentCallback {
 public:
  PersistentCallback(Environment& environment, napi_value function);

  Arrays operator()(const Arrays& inputs, const std::vector<int>& arguments = {}) const;

  Environment& environment() const;

 private:
  struct Held;
  std::shared_ptr<Held> held_;
};

}  // namespace node_mlx
