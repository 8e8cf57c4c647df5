#include "environment.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "async_evaluation.h"
#include "default_streams.h"
#include "evaluation.h"
#include "graph.h"
#include "handle_scope.h"
#include "mlx/memory.h"
#include "mlx/random.h"
#include "mlx/transforms.h"

namespace node_mlx {

namespace {

constexpr size_t kNodesPerCollection = 3000;
constexpr size_t kBytesPerNode = 4096;  // as much host data weighs as a node, which has no data yet
constexpr size_t kNodesCounted = 64;    // of one array: enough for the largest composite operation
constexpr size_t kBytesBeforeEvaluation = 16u << 20;  // dead wrappers' bytes that make a collection worth it
constexpr size_t kMostBytesBeforeEvaluation = 256u << 20;
constexpr size_t kGrowthAfterEvaluation = 32u << 20;
constexpr size_t kUrgentGrowth = 512u << 20;  // of memory: worth a full collection whenever the last one was
constexpr int kFullCollectionShare = 20;      // else one may take a 20th of the time
constexpr size_t kFullCollectionHandles = 50000;
constexpr size_t kEverything = std::numeric_limits<size_t>::max();
constexpr double kLargestArray =
    1152921504606846976.0;                          // 2^60 bytes: MLX computes sizes in 64 bits, unchecked
constexpr size_t kBacklogWhileEvaluating = 100000;  // dead arrays that are worth waiting for the worker

uint64_t process_seed() {
  static const uint64_t seed = std::chrono::duration_cast<std::chrono::milliseconds>(
                                   std::chrono::system_clock::now().time_since_epoch())
                                   .count();
  return seed;
}

}  // namespace

void DeferredReferences::release_later(napi_ref reference) {
  std::lock_guard guard(mutex_);
  if (!closed_) released_.push_back(reference);
}

void DeferredReferences::drain(napi_env env) {
  std::vector<napi_ref> released;
  {
    std::lock_guard guard(mutex_);
    released.swap(released_);
  }
  for (napi_ref reference : released) napi_delete_reference(env, reference);
}

void DeferredReferences::close(napi_env env) {
  drain(env);
  std::lock_guard guard(mutex_);
  closed_ = true;
}

bool DeferredReferences::closed() {
  std::lock_guard guard(mutex_);
  return closed_;
}

Environment::Environment(napi_env env) : env(env), arrays(env) {}

Environment::~Environment() {
  arrays.clear();
  random_key_.reset();
  for (auto& watch : watches_) {
    watch.action();
    napi_delete_reference(env, watch.object);
  }
  deferred->close(env);
  for (napi_ref reference : {collect_, error_factory_, registers_, sentinel_}) {
    if (reference) napi_delete_reference(env, reference);
  }
  give_back_streams(own_streams_);
}

const mx::array& Environment::random_key() {
  prepare_default();
  if (!random_key_) random_key_ = mx::random::key(process_seed());
  return *random_key_;
}

void Environment::set_random_key(mx::array key) { random_key_ = std::move(key); }

mx::array Environment::next_random_key() {
  auto [kept, used] = mx::random::split(random_key());
  random_key_ = kept;
  return used;
}

void Environment::reference(napi_value value, napi_ref* slot) {
  if (*slot) napi_delete_reference(env, *slot);
  *slot = nullptr;
  if (value && napi_create_reference(env, value, 1, slot) != napi_ok) *slot = nullptr;
}

void Environment::watch(napi_value object, std::function<void()> action) {
  if (watches_.size() >= next_watch_sweep_) {
    run_watches();
    next_watch_sweep_ = std::max<size_t>(64, 2 * watches_.size());
  }
  napi_ref weak = nullptr;
  if (napi_create_reference(env, object, 0, &weak) != napi_ok)
    throw std::invalid_argument("An object is needed.");
  watches_.push_back({weak, std::move(action)});
}

void Environment::run_watches() {
  auto is_dead = [&](Watch& watch) {
    napi_value object = nullptr;
    if (napi_get_reference_value(env, watch.object, &object) == napi_ok && object) return false;
    watch.action();
    napi_delete_reference(env, watch.object);
    return true;
  };
  watches_.erase(std::remove_if(watches_.begin(), watches_.end(), is_dead), watches_.end());
}

void Environment::set_collector(napi_value collect) { reference(collect, &collect_); }
void Environment::set_error_factory(napi_value factory) { reference(factory, &error_factory_); }

void Environment::attach_registers(napi_value buffer) {
  void* memory = nullptr;
  size_t bytes = 0;
  if (napi_get_arraybuffer_info(env, buffer, &memory, &bytes) != napi_ok || bytes <= kListOffset) {
    throw std::invalid_argument("The registers must be an ArrayBuffer.");
  }
  reference(buffer, &registers_);
  registers.attach(memory, bytes);
}

napi_value Environment::make_error(const char* name, const char* message) {
  napi_value factory = nullptr, receiver, arguments[2], error = nullptr;
  napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &arguments[0]);
  napi_create_string_utf8(env, message, NAPI_AUTO_LENGTH, &arguments[1]);
  napi_get_undefined(env, &receiver);
  if (error_factory_) napi_get_reference_value(env, error_factory_, &factory);
  if (factory && napi_call_function(env, receiver, factory, 2, arguments, &error) == napi_ok) return error;
  napi_create_error(env, nullptr, arguments[1], &error);
  return error;
}

void Environment::prepare(const mx::Device& device) {
  auto found = std::find(prepared_.begin(), prepared_.end(), device);
  if (found == prepared_.end()) {
    use_default_stream(device);
    prepared_.push_back(device);
  } else {
    std::iter_swap(found, prepared_.end() - 1);
  }
}

mx::Stream Environment::new_stream(const mx::Device& device) {
  own_streams_.push_back(take_stream(device));
  return own_streams_.back();
}

mx::Stream Environment::thread_local_stream(int index, const mx::Device& device) {
  auto found = thread_local_streams_.find(index);
  if (found == thread_local_streams_.end()) {
    found = thread_local_streams_.emplace(index, new_stream(device)).first;
  }
  return found->second;
}

const std::shared_ptr<PendingEvaluations>& Environment::evaluations() {
  if (!evaluations_) evaluations_ = open_evaluations(*this);
  return evaluations_;
}

bool Environment::evaluating() const { return evaluations_ && running_evaluations(*evaluations_) > 0; }

void Environment::release(uint32_t handle) {
  mx::array* array = arrays.find(handle);
  if (array && evaluating()) put_aside_.push_back(*array);
  arrays.release(handle);
}

void Environment::free_dead(size_t nodes) {
  if (!evaluating()) {
    put_aside_.clear();
    arrays.examine(nodes);
  } else if (arrays.backlog() + put_aside_.size() > kBacklogWhileEvaluating) {
    EvaluationLock lock;
    put_aside_.clear();
    arrays.examine_all();
  }
}

void Environment::sweep_all() {
  EvaluationLock lock;
  put_aside_.clear();
  arrays.sweep_all();
}

uint32_t Environment::store(mx::array&& value) {
  double bytes = static_cast<double>(value.itemsize());
  for (auto dim : value.shape()) {
    if (dim < 0) throw std::invalid_argument("Negative dimensions not allowed.");
    bytes *= dim;
  }
  if (bytes > kLargestArray) {
    std::ostringstream message;
    message << "An array of shape " << value.shape() << " would have " << bytes << " bytes.";
    throw std::overflow_error(message.str());
  }
  return arrays.store(std::move(value));
}

uint32_t Environment::adopt(mx::array&& value, napi_value wrapper) {
  uint32_t handle = store(std::move(value));
  adopt(handle, wrapper);
  return handle;
}

void Environment::adopt(uint32_t handle, napi_value wrapper) {
  mx::array* array = arrays.find(handle);
  if (!array) throw std::invalid_argument("There is no such array.");
  arrays.attach(handle, wrapper);
  pace(*array);
}

void Environment::pace(const mx::array& added) {
  // Nodes rather than wrappers: what fits the processor's caches is what counts.
  size_t nodes = owned_nodes(added, kNodesCounted);
  if (owns_data(added)) nodes += added.nbytes() / kBytesPerNode;
  bytes_since_collection_ += added.nbytes();
  nodes_since_collection_ += nodes;
  if (nodes_since_collection_ < kNodesPerCollection) {
    // As many as were made keeps the freed memory warm; one more where survivors have piled up.
    return free_dead(arrays.backlog() > kNodesPerCollection ? nodes + 1 : nodes);
  }
  size_t handles = arrays.taken();
  bool many = handles > kFullCollectionHandles && handles > 2 * live_after_full_collection_;
  collect(many);
}

void Environment::pace_bytes(size_t bytes) {
  nodes_since_collection_ += bytes / kBytesPerNode;
  free_dead(bytes / kBytesPerNode);
  if (nodes_since_collection_ > kNodesPerCollection) collect(false);
}

bool Environment::collected_by_itself() {
  napi_value object = nullptr;
  if (sentinel_ && napi_get_reference_value(env, sentinel_, &object) == napi_ok && object) return false;
  if (sentinel_) napi_delete_reference(env, sentinel_);
  sentinel_ = nullptr;
  if (napi_create_object(env, &object) == napi_ok) napi_create_reference(env, object, 0, &sentinel_);
  return true;
}

void Environment::collect(bool full) {
  nodes_since_collection_ = 0;
  bytes_since_collection_ = 0;
  deferred->drain(env);
  if (!collect_) {
    if (collected_by_itself()) sweep_all();
    return;
  }
  auto start = Clock::now();
  // The collector sees what a scope names: that of the call which led here, and every wrapper looked at.
  HandleScope scope(env);
  napi_value function, receiver, kind, ignored;
  napi_get_undefined(env, &receiver);
  if (napi_get_reference_value(env, collect_, &function) == napi_ok &&
      napi_get_boolean(env, full, &kind) == napi_ok) {
    napi_call_function(env, receiver, function, 1, &kind, &ignored);
  }
  if (full) {
    run_watches();
    sweep_all();
    deferred->drain(env);
    live_after_full_collection_ = arrays.taken();
    active_after_full_collection_ = mx::get_active_memory();
    auto end = Clock::now();
    next_full_collection_ = end + kFullCollectionShare * (end - start);
  } else {
    arrays.begin_sweep();
    if (!evaluating()) arrays.examine_old();
  }
}

void Environment::make_available(mx::array& a) {
  switch (a.status()) {
    case mx::array::Status::unscheduled:
      return evaluate({a});
    case mx::array::Status::evaluated: {
      EvaluationLock lock;
      return a.wait();
    }
    case mx::array::Status::available:
      return;
  }
}

void Environment::evaluate(std::vector<mx::array> outputs) {
  collect_before_evaluation();
  {
    EvaluationLock lock;
    mx::eval(std::move(outputs));
  }
  collect_after_evaluation();
}

void Environment::collect_and_free() {
  HandleScope scope(env);  // what is looked at must not outlive the next collection for that
  collect(false);
  free_dead(kEverything);
}

void Environment::collect_before_evaluation() {
  // What outlives two collections is out of reach of those to come, and interpreted code keeps the arguments
  // of its last calls alive. So not at each step of a training loop, unless its parameters are large.
  size_t bytes =
      std::clamp(2 * active_after_full_collection_, kBytesBeforeEvaluation, kMostBytesBeforeEvaluation);
  if (bytes_since_collection_ > bytes) collect_and_free();
}

void Environment::collect_after_evaluation() {
  // Where nothing was made since the last collection it would find nothing, and everything that survives two
  // is out of its reach.
  bool grown = mx::get_active_memory() > active_after_evaluation_ + kGrowthAfterEvaluation;
  if (grown && bytes_since_collection_ > 0) collect_and_free();
  if (full_collection_pays()) collect(true);
  active_after_evaluation_ = mx::get_active_memory();
}

// Arrays that outlived two collections die unseen: parameters that a training step replaces, for one.
bool Environment::full_collection_pays() {
  size_t active = mx::get_active_memory();
  active_after_full_collection_ = std::min(active_after_full_collection_, active);
  size_t growth = active - active_after_full_collection_;
  if (growth < kGrowthAfterEvaluation) return false;
  bool urgent = growth > std::max(kUrgentGrowth, active_after_full_collection_ / 2);
  return urgent || Clock::now() > next_full_collection_;
}

}  // namespace node_mlx
