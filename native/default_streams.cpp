#include "default_streams.h"

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

}  // namespace node_mlx
