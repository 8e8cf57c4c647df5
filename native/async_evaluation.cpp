#include "async_evaluation.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "default_streams.h"
#include "errors.h"
#include "evaluation.h"
#include "mlx/transforms.h"

namespace node_mlx {

// What an environment shares with the worker. It outlives the environment while a request of it runs.
struct PendingEvaluations {
  napi_threadsafe_function notify = nullptr;
  std::atomic<int> running{0};
  bool closed = false;  // guarded by the worker's mutex: the environment is gone, nobody is to be told
};

namespace {

struct Request {
  std::shared_ptr<PendingEvaluations> owner;
  std::vector<mx::array> arrays;
  napi_deferred promise = nullptr;
  std::exception_ptr error;
};

class Worker {
 public:
  // Never destroyed: the process may end while the thread waits.
  static Worker& instance() {
    static auto* worker = new Worker;
    return *worker;
  }

  void push(std::unique_ptr<Request> request) {
    std::lock_guard guard(mutex_);
    if (!started_) {
      // process.exit runs no clean-up hooks: without this the thread would evaluate while MLX is torn down.
      std::atexit([] { instance().stop(); });
      std::thread([this] { run(); }).detach();
      started_ = true;
    }
    request->owner->running++;
    requests_.push_back(std::move(request));
    wake_.notify_all();
  }

  // Waits for the running request and starts no other: the process is about to end.
  void stop() {
    std::unique_lock lock(mutex_);
    stopped_ = true;
    wake_.wait(lock, [&] { return !current_; });
  }

  // Drops the owner's waiting requests and waits for its running one: afterwards nothing refers to it.
  void close(const std::shared_ptr<PendingEvaluations>& owner) {
    std::unique_lock lock(mutex_);
    owner->closed = true;
    std::erase_if(requests_, [&](auto& request) { return request->owner == owner; });
    wake_.wait(lock, [&] { return current_ != owner; });
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [&] { return !requests_.empty() && !stopped_; });
      auto request = std::move(requests_.front());
      requests_.pop_front();
      current_ = request->owner;
      lock.unlock();
      evaluate(*request);
      lock.lock();
      current_->running--;
      if (stopped_) {
        request.release();  // nobody is left to be told, and destroying arrays is no longer safe
      } else if (current_->closed) {
        request.reset();
      } else {
        // The arrays go back too: they are freed where JavaScript runs.
        napi_call_threadsafe_function(current_->notify, request.release(), napi_tsfn_nonblocking);
      }
      current_.reset();
      wake_.notify_all();
    }
  }

  static void evaluate(Request& request) {
    try {
      EvaluationLock lock;
      use_default_stream(mx::default_device());
      mx::eval(request.arrays);
    } catch (...) {
      request.error = std::current_exception();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Request>> requests_;
  std::shared_ptr<PendingEvaluations> current_;
  bool started_ = false;
  bool stopped_ = false;
};

// Runs on the JavaScript thread: settles the promise.
void settle(napi_env env, napi_value, void* context, void* data) {
  std::unique_ptr<Request> request(static_cast<Request*>(data));
  if (!env) return;  // the environment is going away
  auto& environment = *static_cast<Environment*>(context);
  napi_value value;
  napi_get_undefined(env, &value);
  if (request->error) {
    try {
      std::rethrow_exception(request->error);
    } catch (...) {
      auto [name, message] = describe_exception();
      value = environment.make_error(name.c_str(), message.c_str());
    }
    napi_reject_deferred(env, request->promise, value);
  } else {
    napi_resolve_deferred(env, request->promise, value);
  }
  environment.evaluation_settled();
  if (environment.promises_pending() == 0) napi_unref_threadsafe_function(env, request->owner->notify);
  auto owner = std::move(request->owner);
  request.reset();
  // While another one runs nothing can be freed without waiting for it.
  if (running_evaluations(*owner) == 0) environment.collect_after_evaluation();
}

}  // namespace

namespace {

// Clean-up hooks run in reverse order: added after the thread-safe function was made, this one runs before
// Node takes that down.
void close_evaluations(void* data) {
  auto* environment = static_cast<Environment*>(data);
  auto pending = environment->evaluations();
  Worker::instance().close(pending);
  napi_release_threadsafe_function(pending->notify, napi_tsfn_abort);
  environment->forget_evaluations();
}

}  // namespace

std::shared_ptr<PendingEvaluations> open_evaluations(Environment& environment) {
  auto pending = std::make_shared<PendingEvaluations>();
  napi_value name;
  napi_create_string_utf8(environment.env, "mlx evaluation", NAPI_AUTO_LENGTH, &name);
  if (napi_create_threadsafe_function(environment.env, nullptr, nullptr, name, 0, 1, nullptr, nullptr,
                                      &environment, settle, &pending->notify) != napi_ok) {
    throw std::runtime_error("The evaluation worker could not be reached.");
  }
  napi_unref_threadsafe_function(environment.env, pending->notify);
  napi_add_env_cleanup_hook(environment.env, close_evaluations, &environment);
  return pending;
}

int running_evaluations(const PendingEvaluations& pending) { return pending.running.load(); }

namespace {

// Register 0: the arrays. Returns a promise.
void evaluate_async(Call& call) {
  auto arrays = call.arrays(0);
  // Whether a trace is running is known on this thread only: the worker would compute with placeholders.
  for (const mx::array& array : arrays) {
    if (array.is_tracer())
      throw std::invalid_argument("[async_eval] Not allowed inside a graph transformation.");
  }
  call.environment.collect_before_evaluation();
  auto request = std::make_unique<Request>();
  napi_value promise;
  if (napi_create_promise(call.env(), &request->promise, &promise) != napi_ok) throw PendingException{};
  request->owner = call.environment.evaluations();
  request->arrays = std::move(arrays);
  if (call.environment.promises_pending() == 0) {
    napi_ref_threadsafe_function(call.env(), request->owner->notify);
  }
  call.environment.evaluation_started();
  Worker::instance().push(std::move(request));
  call.result_value(promise);
}

}  // namespace

const Export async_evaluation_exports[] = {
    {"evaluate_async", invoke<evaluate_async>},
};
const size_t async_evaluation_export_count = std::size(async_evaluation_exports);

}  // namespace node_mlx
