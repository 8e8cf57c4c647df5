// ArrayTable: every mx::array that JavaScript holds, in slots, freed when the wrapper that owns a slot dies.
//
// A slot's index is the handle in the wrapper's private field; handle 0 is "none" or "disposed". Each
// attached slot holds a weak reference to its wrapper. Nothing here depends on finalizers: a module of a
// stable Node-API version gets them only when the event loop turns, so a synchronous loop would never free
// anything. Instead, the table asks for a garbage collection every so many new arrays (see
// Environment::pace) and afterwards frees per operation about as many nodes of dead graphs as the operation
// has made: the freed memory goes straight back to the allocator's caches, and no backlog builds up.
//
// Threads: a table belongs to one environment and is touched only on that environment's JavaScript thread.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <vector>

#include "mlx/array.h"

namespace node_mlx {

namespace mx = mlx::core;

class ArrayTable {
 public:
  explicit ArrayTable(napi_env env) : env_(env) {}
  ~ArrayTable() { clear(); }
  ArrayTable(const ArrayTable&) = delete;
  ArrayTable& operator=(const ArrayTable&) = delete;

  // Stores an array that no wrapper owns yet. The handle must be attached or released.
  uint32_t store(mx::array&& value);
  uint32_t store(const mx::array& value) { return store(mx::array(value)); }

  // Makes `wrapper` the owner: the slot lives as long as the wrapper does. Throws if it is not an object.
  void attach(uint32_t handle, napi_value wrapper);

  // Returns nullptr for a handle that holds no array.
  mx::array* find(uint32_t handle) {
    if (handle >= size_) return nullptr;
    Slot& slot = slot_at(handle);
    return slot.state == State::attached || slot.state == State::detached ? slot.array() : nullptr;
  }

  // Destroys an array before its wrapper dies. The slot stays taken until then: a call whose arguments are
  // being converted may still hold the handle, and must not find another array under it.
  void release(uint32_t handle);

  // After a minor collection: everything younger than two collections becomes a candidate.
  void begin_sweep();

  // After a full collection: looks at every attached slot now.
  void sweep_all();

  // Looks at candidates until about that many nodes of dead graphs were freed.
  void examine(size_t nodes);
  // Looks at a share of the old ones: the engine's own full collections, which nobody announces, kill some.
  void examine_old();
  void examine_all() { examine(std::numeric_limits<size_t>::max()); }

  size_t live() const { return live_; }
  // Slots that a collection may free.
  size_t taken() const { return live_ + disposed_; }
  size_t backlog() const { return candidates_.size(); }

  // Deletes every array and reference (environment clean-up).
  void clear();

 private:
  enum class State : uint8_t { empty, detached, attached, disposed };
  struct Slot {
    alignas(mx::array) unsigned char storage[sizeof(mx::array)];
    napi_ref wrapper = nullptr;
    uint32_t next_free = 0;
    State state = State::empty;
    uint8_t age = 0;  // collections survived while listed below; kOld: in no list
    mx::array* array() { return std::launder(reinterpret_cast<mx::array*>(storage)); }
  };
  static constexpr uint32_t kChunk = 4096;
  static constexpr uint8_t kOld = 2;
  static constexpr uint32_t kOldSlotsPerSweep = 256;
  static constexpr size_t kFetchDistance = 4;  // candidates

  Slot& slot_at(uint32_t handle) { return chunks_[handle / kChunk][handle % kChunk]; }
  bool wrapper_is_dead(const Slot& slot) const;
  // Both return the number of nodes that were freed.
  size_t free_slot(uint32_t handle);
  size_t destroy_array(Slot& slot);
  // Brings candidates to come into the processor's caches: freeing them is mostly waiting for memory. First
  // their slots, then what these point at, then what that points at.
  void fetch_ahead();
  // Moves the inputs that die with `a` to `doomed_`.
  void take_apart(mx::array& a);

  napi_env env_;
  std::vector<std::unique_ptr<Slot[]>> chunks_;
  uint32_t size_ = 1;  // handle 0 is never used
  uint32_t first_free_ = 0;
  size_t live_ = 0;
  size_t disposed_ = 0;
  std::vector<uint32_t> nursery_;     // attached since the last collection
  std::vector<uint32_t> survivors_;   // outlived one
  std::vector<uint32_t> candidates_;  // to be examined
  uint32_t next_old_ = 1;
  // Arrays to be destroyed, each after its inputs were taken out of it: left to itself, MLX makes a hash
  // table of every array's inputs, which costs as much as all the rest of its life.
  std::vector<mx::array> doomed_;
};

}  // namespace node_mlx
