// Environment: everything the addon keeps per JavaScript environment (the main thread and each worker).
//
// There are no globals: Node-API hands the environment to every call as callback data, and it dies with the
// environment's clean-up hook. It owns the array table, the registers, the random key, the pinned host
// buffers, and paces garbage collection, because only native code knows how much memory a wrapper stands for.
#pragma once

#include <node_api.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "array_table.h"
#include "mlx/device.h"
#include "registers.h"
#include "scalars.h"
#include "small_blocks.h"

namespace node_mlx {

// References that arrays hold: to host buffers that they share, to functions that their graphs call. Arrays
// may die on any thread, references must be deleted on the JavaScript thread: they are left here until then.
class DeferredReferences {
 public:
  void release_later(napi_ref reference);
  // Called on the JavaScript thread.
  void drain(napi_env env);
  // From now on references are dropped: their environment is gone.
  void close(napi_env env);
  bool closed();

 private:
  std::mutex mutex_;
  std::vector<napi_ref> released_;
  bool closed_ = false;
};

struct PendingEvaluations;

class Environment {
 public:
  explicit Environment(napi_env env);
  ~Environment();

  BlockKeeper keeper;  // first, to end last
  napi_env env;
  Registers registers;
  ArrayTable arrays;
  std::shared_ptr<DeferredReferences> deferred = std::make_shared<DeferredReferences>();

  Scalars scalars;

  // The key sequence behind mx.random: seeded from the process's start time, split at each use.
  mx::array next_random_key();
  const mx::array& random_key();
  void set_random_key(mx::array key);
  void reset_random_key() { random_key_.reset(); }

  // JavaScript's garbage collector and error factory.
  void set_collector(napi_value collect);
  void set_error_factory(napi_value factory);
  void attach_registers(napi_value buffer);
  napi_value make_error(const char* name, const char* message);

  // Handles of the arrays that the last call made, where it made several.
  std::vector<uint32_t> results;

  // Stores a freshly made array that no wrapper owns yet. Throws where its shape is none.
  uint32_t store(mx::array&& value);

  // Takes a freshly made array for `wrapper` and does this operation's share of freeing dead ones.
  uint32_t adopt(mx::array&& value, napi_value wrapper);
  // The same for one of several arrays that a call made.
  void adopt(uint32_t handle, napi_value wrapper);

  // Evaluates under the process-wide evaluation lock, between the next two.
  void evaluate(std::vector<mx::array> outputs);
  // Collects dead wrappers where their number suggests that they would keep buffers from being donated.
  void collect_before_evaluation();
  // Collects where memory has grown.
  void collect_after_evaluation();
  // Evaluates an array unless its data are there already.
  void make_available(mx::array& a);
  // Does a share of freeing dead arrays, and of collecting, for memory that JavaScript took.
  void pace_bytes(size_t bytes);

  // Makes the process's stream of a device this thread's default, once.
  void prepare(const mx::Device& device);
  void prepare_default() {
    if (prepared_.empty() || prepared_.back() != mx::default_device()) prepare(mx::default_device());
  }

  // A stream of this environment's own, until it ends.
  mx::Stream new_stream(const mx::Device& device);

  // What a stream that is another one in each thread is in this one.
  mx::Stream thread_local_stream(int index, const mx::Device& device);

  // Asynchronous evaluations of this environment (async_evaluation.h), opened when first needed.
  const std::shared_ptr<PendingEvaluations>& evaluations();
  int promises_pending() const { return promises_pending_; }
  void evaluation_started() { ++promises_pending_; }
  void evaluation_settled() { --promises_pending_; }
  void forget_evaluations() { evaluations_.reset(); }

  // Frees an array before its wrapper dies.
  void release(uint32_t handle);

  // Files that JavaScript objects hold open: a collector that counts bytes does not see how few a process may
  // have.
  int open_files = 0;
  int open_files_before_collection = 64;

  // Runs `action` some time after `object` was collected: with the next collection here, or the next watch.
  void watch(napi_value object, std::function<void()> action);

  // Runs a collection, minor or full, and frees what it found dead. Without a collector it frees what a
  // collection of the runtime's own found.
  void collect(bool full);

 private:
  void pace(const mx::array& added);
  void free_dead(size_t nodes);
  void collect_and_free();
  bool full_collection_pays();
  void sweep_all();
  bool evaluating() const;
  // Where no collector can be called: whether one has run since this was asked last. An object that nothing
  // holds tells: it dies with the first collection.
  bool collected_by_itself();
  void reference(napi_value value, napi_ref* slot);
  void run_watches();

  struct Watch {
    napi_ref object;
    std::function<void()> action;
  };
  std::vector<Watch> watches_;
  size_t next_watch_sweep_ = 64;

  // A worker thread that evaluates takes graphs apart, and destroying an array looks into its graph. So while
  // one runs, arrays are put aside instead of being destroyed.
  std::shared_ptr<PendingEvaluations> evaluations_;
  std::vector<mx::array> put_aside_;
  int promises_pending_ = 0;

  std::vector<mx::Device> prepared_;  // the one used last stands last
  std::map<int, mx::Stream> thread_local_streams_;
  std::vector<mx::Stream> own_streams_;

  std::optional<mx::array> random_key_;
  napi_ref collect_ = nullptr;
  napi_ref error_factory_ = nullptr;
  napi_ref registers_ = nullptr;
  napi_ref sentinel_ = nullptr;

  size_t nodes_since_collection_ = 0;
  size_t bytes_since_collection_ = 0;
  size_t active_after_evaluation_ = 0;
  size_t live_after_full_collection_ = 0;
  size_t active_after_full_collection_ = 0;
  using Clock = std::chrono::steady_clock;
  Clock::time_point next_full_collection_;
};

}  // namespace node_mlx
