// Function transforms: flat arrays in, flat arrays out; js/*.ts turns them into trees.
//
// The callback is value(1) everywhere. Tracing reads the graph behind its inputs, which an evaluation on
// another thread may be taking apart: so everything here holds the evaluation lock.
#include "transforms.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <sstream>

#include "callback.h"
#include "evaluation.h"
#include "graph_check.h"
#include "mlx/compile_impl.h"
#include "mlx/transforms.h"
#include "mlx/transforms_impl.h"
#include "owned.h"

namespace node_mlx {

namespace {

auto traced(Call& call) {
  return [&call](const Arrays& inputs) { return call_with_arrays(call.environment, call.value(1), inputs); };
}

void join(Arrays& outputs, Arrays more) {
  outputs.insert(outputs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Register 0: the arrays of the arguments; 1: which of them to differentiate by. Results: the function's
// outputs, then the gradients.
void value_and_grad(Call& call) {
  EvaluationLock lock;
  Arrays inputs = call.arrays(0);
  auto [values, gradients] = mx::value_and_grad(traced(call), call.list(1))(inputs);
  join(values, std::move(gradients));
  call.results(std::move(values));
}

// Register 0: primals, 1: tangents. Results: outputs, then their tangents.
void jvp(Call& call) {
  EvaluationLock lock;
  Arrays primals = call.arrays(0), tangents = call.arrays(1);
  auto [outputs, out_tangents] = mx::jvp(traced(call), primals, tangents);
  join(outputs, std::move(out_tangents));
  call.results(std::move(outputs));
}

// Register 0: primals, 1: cotangents. Results: outputs, then the primals' cotangents.
void vjp(Call& call) {
  EvaluationLock lock;
  Arrays primals = call.arrays(0), cotangents = call.arrays(1);
  auto [outputs, in_cotangents] = mx::vjp(traced(call), primals, cotangents);
  join(outputs, std::move(in_cotangents));
  call.results(std::move(outputs));
}

// Register 0: inputs, 1: the axis of each (-1: none). The callback leaves its outputs' axes in register 1.
void vmap(Call& call) {
  EvaluationLock lock;
  Arrays inputs = call.arrays(0);
  auto in_axes = call.list(1);
  std::vector<int> out_axes;
  auto function = [&](const Arrays& arrays) {
    Arrays outputs = call_with_arrays(call.environment, call.value(1), arrays);
    out_axes = call.list(1);
    return outputs;
  };
  auto [trace_inputs, trace_outputs] = mx::detail::vmap_trace(function, inputs, in_axes);
  call.results(mx::detail::vmap_replace(inputs, trace_inputs, trace_outputs, in_axes, out_axes));
}

// MLX takes the results of a user's function and rules at their word: with fewer than it expects it reads on.
void require_count(const char* rule, const Arrays& found, size_t expected, const char* what) {
  if (found.size() == expected) return;
  std::ostringstream message;
  message << "[" << rule << "] The rule must return one array for each of the " << expected << " " << what
          << ", but " << found.size() << " were returned.";
  throw std::invalid_argument(message.str());
}

// The function of a checkpoint or a custom function: its graph's nodes have at least one output.
std::function<Arrays(const Arrays&)> forward(Call& call, const char* name) {
  return [name, function = PersistentCallback(call.environment, call.value(1))](const Arrays& inputs) {
    Arrays outputs = function(inputs);
    if (outputs.empty()) {
      throw std::invalid_argument(std::string("[") + name + "] The function must return at least one array.");
    }
    return outputs;
  };
}

// Register 0: inputs.
void checkpoint(Call& call) {
  EvaluationLock lock;
  Arrays inputs = call.arrays(0);
  call.results(mx::checkpoint(forward(call, "checkpoint"))(inputs));
}

bool given(Call& call, int position) {
  napi_valuetype type = napi_undefined;
  napi_typeof(call.env(), call.value(position), &type);
  return type == napi_function;
}

// Register 0: inputs. value(2): the rule for vjp, value(3): for jvp, value(4): for vmap, each or undefined.
void custom_function(Call& call) {
  EvaluationLock lock;
  Arrays inputs = call.arrays(0);
  Environment& environment = call.environment;
  auto output_count = std::make_shared<size_t>(0);

  std::optional<std::function<Arrays(const Arrays&, const Arrays&, const Arrays&)>> vjp_rule;
  if (given(call, 2)) {
    // The rule receives primals, cotangents and outputs in one list, and how many there are of each.
    vjp_rule = [rule = PersistentCallback(environment, call.value(2))](
                   const Arrays& primals, const Arrays& cotangents, const Arrays& outputs) {
      Arrays all = primals;
      join(all, cotangents);
      join(all, outputs);
      Arrays found = rule(all, {static_cast<int>(primals.size()), static_cast<int>(cotangents.size())});
      require_count("custom vjp", found, primals.size(), "primals");
      return found;
    };
  }

  std::optional<std::function<Arrays(const Arrays&, const Arrays&, const std::vector<int>&)>> jvp_rule;
  if (given(call, 3)) {
    // Primals and tangents in one list; how many primals, then which of them have a tangent.
    jvp_rule = [rule = PersistentCallback(environment, call.value(3)), output_count](
                   const Arrays& primals, const Arrays& tangents, const std::vector<int>& argnums) {
      Arrays all = primals;
      join(all, tangents);
      std::vector<int> arguments{static_cast<int>(primals.size())};
      arguments.insert(arguments.end(), argnums.begin(), argnums.end());
      Arrays found = rule(all, arguments);
      require_count("custom jvp", found, *output_count, "outputs");
      return found;
    };
  }

  std::optional<std::function<std::pair<Arrays, std::vector<int>>(const Arrays&, const std::vector<int>&)>>
      vmap_rule;
  if (given(call, 4)) {
    vmap_rule = [rule = PersistentCallback(environment, call.value(4)), output_count](
                    const Arrays& arrays, const std::vector<int>& axes) {
      Arrays outputs = rule(arrays, axes);
      require_count("custom vmap", outputs, *output_count, "outputs");
      return std::pair{outputs, Call(rule.environment(), nullptr).list(1)};
    };
  }

  auto counted = [function = forward(call, "custom_function"), output_count](const Arrays& arrays) {
    Arrays outputs = function(arrays);
    *output_count = outputs.size();
    return outputs;
  };
  call.results(mx::custom_function(counted, vjp_rule, jvp_rule, vmap_rule)(inputs));
}

// ---- Compilation ------------------------------------------------------------------------------------------

// MLX names compiled functions by an integer; for its own it takes their address. Ours have the top bit set.
uintptr_t compiled_id(Call& call, int k) {
  return static_cast<uintptr_t>(call.wide_integer(k)) | uintptr_t{1} << 63;
}

// The shapes that a shapeless function was called with.
void checked_shapes(Call& call) { call.result_value(own(call, std::make_unique<CheckedShapes>())); }

// Register 0: inputs; 1: constants, as pairs of int32; 2: the function's id; 3: shapeless. value(2): a
// shapeless function's checked shapes. The callback leaves the number of its output structure in register 1.
// Results: outputs; that number comes back in ints[0].
void compiled(Call& call) {
  EvaluationLock lock;
  Arrays inputs = call.arrays(0);
  auto [halves, count] = call.list_items(call.registers.ints[2 * 1]);
  std::vector<uint64_t> constants(count / 2);
  for (size_t i = 0; i < constants.size(); ++i) {
    constants[i] = static_cast<uint32_t>(halves[2 * i]) |
                   static_cast<uint64_t>(static_cast<uint32_t>(halves[2 * i + 1])) << 32;
  }
  uintptr_t id = compiled_id(call, 2);
  bool shapeless = call.boolean(3);
  mx::detail::ArrayFnWithExtra function = [&](const Arrays& arrays) {
    Arrays outputs = call_with_arrays(call.environment, call.value(1), arrays);
    return mx::detail::ArraysAndExtra{outputs, std::make_shared<int>(call.integer(1))};
  };
  auto [outputs, structure] = mx::detail::compile(function, id, shapeless, constants)(inputs);
  int number = *static_cast<int*>(structure.get());
  // Inside another trace the inputs have no shapes of their own yet: the outermost call is the one to check.
  auto is_traced = [](const mx::array& input) { return input.is_tracer(); };
  if (shapeless && std::none_of(inputs.begin(), inputs.end(), is_traced)) {
    owned<CheckedShapes>(call, 2).check(inputs, outputs, number);
  }
  call.results(std::move(outputs));
  call.registers.ints[0] = number;
}

// Forgets the compiled function of the id in register 0.
void compile_erase(Call& call) {
  EvaluationLock lock;
  mx::detail::compile_erase(mx::detail::compile_cache(), compiled_id(call, 0));
}

// Calls compile_erase once value(0) is collected: register 0 is its id.
void compile_watch(Call& call) {
  call.environment.watch(call.value(0), [id = compiled_id(call, 0)] {
    EvaluationLock lock;
    mx::detail::compile_erase(mx::detail::compile_cache(), id);
  });
}

// The identities of arrays, to tell which of them were overwritten in place.
void identities(Call& call) {
  auto [handles, count] = call.list_items(call.registers.ints[0]);
  if (2 * count + 1 > kResultArea) throw std::runtime_error("Too many arrays in one call.");
  call.registers.list[0] = static_cast<int32_t>(2 * count);
  for (size_t i = 0; i < count; ++i) {
    uint64_t id = call.array_of(handles[i]).id();
    call.registers.list[1 + 2 * i] = static_cast<int32_t>(id);
    call.registers.list[2 + 2 * i] = static_cast<int32_t>(id >> 32);
  }
}

void set_random_key(Call& call) { call.environment.set_random_key(call.array(0)); }

}  // namespace

const Export transforms_exports[] = {
    {"value_and_grad", invoke<value_and_grad>},
    {"jvp", invoke<jvp>},
    {"vjp", invoke<vjp>},
    {"vmap", invoke<vmap>},
    {"checkpoint", invoke<checkpoint>},
    {"custom_function", invoke<custom_function>},
    {"compiled", invoke<compiled>},
    {"compile_erase", invoke<compile_erase>},
    {"compile_watch", invoke<compile_watch>},
    {"checked_shapes", invoke<checked_shapes>},
    {"identities", invoke<identities>},
    {"set_random_key", invoke<set_random_key>},
};
const size_t transforms_export_count = std::size(transforms_exports);

}  // namespace node_mlx
