#include "default_streams.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "mlx/device.h"

namespace node_mlx {

namespace {

// Never destroyed: workers may outlive static destruction.
auto& streams() {
  static auto* table = new std::map<mx::Device, mx::Stream>;
  return *table;
}

auto& free_streams() {
  static auto* list = new std::vector<mx::Stream>;
  return *list;
}

std::mutex& mutex() {
  static auto* instance = new std::mutex;
  return *instance;
}

}  // namespace

void use_default_stream(const mx::Device& device) {
  if (!mx::is_available(device)) return;
  std::lock_guard guard(mutex());
  auto found = streams().find(device);
  if (found == streams().end()) found = streams().emplace(device, mx::new_thread_unsafe_stream(device)).first;
  mx::set_default_stream(found->second);
}

mx::Stream take_stream(const mx::Device& device) {
  std::lock_guard guard(mutex());
  auto& list = free_streams();
  auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& stream) { return stream.device == device; });
  if (found == list.end()) return mx::new_thread_unsafe_stream(device);
  mx::Stream stream = *found;
  list.erase(found);
  return stream;
}

void give_back_streams(const std::vector<mx::Stream>& streams) {
  std::lock_guard guard(mutex());
  free_streams().insert(free_streams().end(), streams.begin(), streams.end());
}

}  // namespace node_mlx
