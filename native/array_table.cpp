#include "array_table.h"

#include <algorithm>
#include <stdexcept>

#include "graph.h"

namespace node_mlx {

uint32_t ArrayTable::store(mx::array&& value) {
  uint32_t handle = first_free_;
  if (handle != 0) {
    first_free_ = slot_at(handle).next_free;
  } else {
    if (size_ / kChunk >= chunks_.size()) chunks_.push_back(std::make_unique<Slot[]>(kChunk));
    handle = size_++;
  }
  Slot& slot = slot_at(handle);
  new (slot.storage) mx::array(std::move(value));
  slot.wrapper = nullptr;
  slot.state = State::detached;
  slot.age = 0;
  ++live_;
  return handle;
}

void ArrayTable::attach(uint32_t handle, napi_value wrapper) {
  Slot& slot = slot_at(handle);
  if (napi_create_reference(env_, wrapper, 0, &slot.wrapper) != napi_ok) {
    slot.wrapper = nullptr;
    release(handle);
    throw std::invalid_argument("An array can only be attached to an object.");
  }
  slot.state = State::attached;
  nursery_.push_back(handle);
}

void ArrayTable::release(uint32_t handle) {
  if (!find(handle)) return;
  Slot& slot = slot_at(handle);
  if (slot.state == State::detached) {
    free_slot(handle);
    return;
  }
  slot.state = State::disposed;
  ++disposed_;
  destroy_array(slot);
}

bool ArrayTable::wrapper_is_dead(const Slot& slot) const {
  napi_value wrapper = nullptr;
  return napi_get_reference_value(env_, slot.wrapper, &wrapper) != napi_ok || wrapper == nullptr;
}

size_t ArrayTable::free_slot(uint32_t handle) {
  Slot& slot = slot_at(handle);
  if (slot.wrapper) napi_delete_reference(env_, slot.wrapper);
  slot.wrapper = nullptr;
  bool holds_array = slot.state != State::disposed;
  if (!holds_array) --disposed_;
  slot.state = State::empty;
  slot.next_free = first_free_;
  first_free_ = handle;
  return holds_array ? destroy_array(slot) : 0;
}

size_t ArrayTable::destroy_array(Slot& slot) {
  --live_;
  // Destroying an array may run deleters, which must find the table in order.
  mx::array doomed = std::move(*slot.array());
  slot.array()->~array();
  size_t nodes = 1;
  for (take_apart(doomed); !doomed_.empty(); ++nodes) {
    doomed = std::move(doomed_.back());
    doomed_.pop_back();
    take_apart(doomed);
  }
  return nodes;
}

void ArrayTable::take_apart(mx::array& a) {
  if (owners(a) > 1 || !a.siblings().empty()) return;
  std::vector<mx::array>& inputs = a.inputs();
  for (mx::array& input : inputs) {
    if (owners(input) == 1 && !input.inputs().empty()) doomed_.push_back(std::move(input));
  }
  inputs.clear();
}

void ArrayTable::begin_sweep() {
  candidates_.insert(candidates_.end(), survivors_.begin(), survivors_.end());
  candidates_.insert(candidates_.end(), nursery_.begin(), nursery_.end());
  nursery_.clear();
  survivors_.clear();
}

void ArrayTable::examine_old() {
  uint32_t count = std::min(kOldSlotsPerSweep, size_ - 1);
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t handle = next_old_;
    next_old_ = handle + 1 < size_ ? handle + 1 : 1;
    const Slot& slot = slot_at(handle);
    if (slot.wrapper && slot.age == kOld && wrapper_is_dead(slot)) free_slot(handle);
  }
}

void ArrayTable::fetch_ahead() {
  size_t count = candidates_.size();
  if (count < 4 * kFetchDistance) return;
  __builtin_prefetch(&slot_at(candidates_[count - 4 * kFetchDistance]));
  Slot& second = slot_at(candidates_[count - 2 * kFetchDistance]);
  if (second.state == State::attached) {
    __builtin_prefetch(second.wrapper);
    fetch_node(*second.array());
  }
  Slot& first = slot_at(candidates_[count - kFetchDistance]);
  if (first.state == State::attached) fetch_parts(*first.array());
}

void ArrayTable::examine(size_t nodes) {
  for (size_t done = 0; done < nodes && !candidates_.empty();) {
    // The youngest first: more of it is still in the processor's caches.
    uint32_t handle = candidates_.back();
    candidates_.pop_back();
    fetch_ahead();
    Slot& slot = slot_at(handle);
    if (!slot.wrapper) continue;  // freed since, and not in use again
    if (wrapper_is_dead(slot)) {
      done += free_slot(handle);
      continue;
    }
    ++done;
    if (++slot.age < kOld) survivors_.push_back(handle);
  }
}

void ArrayTable::sweep_all() {
  nursery_.clear();
  survivors_.clear();
  candidates_.clear();
  for (uint32_t handle = 1; handle < size_; ++handle) {
    Slot& slot = slot_at(handle);
    if (!slot.wrapper) continue;
    if (wrapper_is_dead(slot)) {
      free_slot(handle);
    } else {
      slot.age = kOld;
    }
  }
}

void ArrayTable::clear() {
  for (uint32_t handle = 1; handle < size_; ++handle) {
    if (slot_at(handle).state != State::empty) free_slot(handle);
  }
  nursery_.clear();
  survivors_.clear();
  candidates_.clear();
}

}  // namespace node_mlx
