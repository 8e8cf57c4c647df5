#include "evaluation.h"

#include <chrono>
#include <thread>

#include "mlx/device.h"
#include "mlx/scheduler.h"
#include "mlx/stream.h"

namespace node_mlx {

namespace mx = mlx::core;

namespace {

// The GPU's tasks are taken off the count by another thread, a moment after their stream is idle.
constexpr auto kCompletionDelay = std::chrono::milliseconds(100);

bool became_idle(mx::Stream stream) {
  try {
    mx::synchronize(stream);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void wait_for_completions() {
  auto deadline = std::chrono::steady_clock::now() + kCompletionDelay;
  while (mx::scheduler::n_active_tasks() > 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

// A stream keeps the error of a task until somebody asks, and MLX's main thread asks whenever it queues a
// task. Evaluation ends there, which leaves two things behind. Tasks that are still queued may fail as well,
// and their errors would reach the next evaluation. And a task is counted before it is queued, so the one
// that was refused stays counted: evaluation waits where more than ten tasks are counted, for ever once ten
// were lost.
void end_failed_evaluation() {
  for (mx::Stream stream : mx::get_streams()) {
    // Each failure takes the error of one of the queued tasks away.
    while (!became_idle(stream) && stream.device == mx::Device::cpu) {
    }
  }
  if (mx::is_available(mx::Device::gpu)) wait_for_completions();
  while (mx::scheduler::n_active_tasks() > 0) {
    mx::scheduler::notify_task_completion(mx::Stream(0, mx::Device::cpu));
  }
}

}  // namespace node_mlx
