// The evaluation lock: two threads that evaluate at the same time crash MLX's schedulers, so everything that
// evaluates, reads results of an evaluation or synchronises holds this one lock, in every environment.
#pragma once

#include <exception>
#include <mutex>

namespace node_mlx {

inline std::recursive_mutex& evaluation_mutex() {
  static auto* mutex = new std::recursive_mutex;  // never destroyed: workers may outlive static destruction
  return *mutex;
}

// Waits for what a failed evaluation has queued, and takes its other errors and its lost tasks away.
void end_failed_evaluation();

class EvaluationLock {
 public:
  EvaluationLock() : guard_(evaluation_mutex()), exceptions_(std::uncaught_exceptions()) {}
  ~EvaluationLock() {
    if (std::uncaught_exceptions() > exceptions_) end_failed_evaluation();
  }

 private:
  std::lock_guard<std::recursive_mutex> guard_;
  int exceptions_;
};

}  // namespace node_mlx
