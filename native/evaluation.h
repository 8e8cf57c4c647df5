// The evaluation lock: two threads that evaluate at the same time crash MLX's schedulers, so everything that
// evaluates, reads results of an evaluation or synchronises holds this one lock, in every environment.
#pragma once

#include <mutex>

namespace node_mlx {

inline std::recursive_mutex& evaluation_mutex() {
  static auto* mutex = new std::recursive_mutex;  // never destroyed: workers may outlive static destruction
  return *mutex;
}

class EvaluationLock {
 public:
  EvaluationLock() : guard_(evaluation_mutex()) {}

 private:
  std::lock_guard<std::recursive_mutex> guard_;
};

}  // namespace node_mlx
