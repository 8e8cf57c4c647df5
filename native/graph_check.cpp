#include "graph_check.h"

#include <stdexcept>
#include <string>
#include <unordered_set>

#include "mlx/primitives.h"
#include "primitive_rules.h"

namespace node_mlx {

void check_graph(const std::vector<mx::array>& inputs, const std::vector<mx::array>& outputs) {
  std::unordered_set<uintptr_t> seen;
  // Inside another trace the shapes are examples, and the outermost graph is the one to run.
  bool runs = true;
  for (const mx::array& input : inputs) {
    seen.insert(input.id());
    runs = runs && !input.is_tracer();
  }
  std::vector<mx::array> open = outputs;
  while (!open.empty()) {
    mx::array node = std::move(open.back());
    open.pop_back();
    if (!seen.insert(node.id()).second || !node.has_primitive() || node.inputs().empty()) continue;
    std::string name = class_name(node.primitive());
    if (const PrimitiveRule* rule = find_rule(name)) {
      try {
        bool on_cpu = node.primitive().stream().device == mx::Device::cpu;
        check_rule(name, rule->look(node.primitive()), node.inputs(), node.outputs(), runs && on_cpu);
      } catch (const std::exception& problem) {
        throw std::invalid_argument(std::string("[shapeless] The shapes of the inputs do not fit: ") +
                                    problem.what() + ".");
      }
    }
    for (const mx::array& input : node.inputs()) open.push_back(input);
  }
}

void CheckedShapes::check(const std::vector<mx::array>& inputs, const std::vector<mx::array>& outputs,
                          int kind) {
  std::vector<int> key{kind};
  for (const mx::array& array : inputs) {
    key.push_back(static_cast<int>(array.dtype().val()) + (array.is_tracer() ? 256 : 0));
    key.push_back(static_cast<int>(array.ndim()));
    key.insert(key.end(), array.shape().begin(), array.shape().end());
  }
  if (checked_.contains(key)) return;
  check_graph(inputs, outputs);
  checked_.insert(std::move(key));
}

}  // namespace node_mlx
