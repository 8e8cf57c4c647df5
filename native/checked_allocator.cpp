// The allocator that MLX uses: its own, checked. MLX's allocator for the CPU hands out a null pointer where
// the system refuses memory, and the process ends at the first write to it.
//
// Everything in MLX asks `allocator()` for the allocator, and the dynamic linker finds the addon's definition
// of it first, which gives out MLX's own behind a check. (Metal and CUDA throw by themselves; where the
// linker binds names differently, as on macOS, this definition serves the addon alone.)
#ifdef __linux__
#include <dlfcn.h>

#include <cstdlib>
#include <string>

#include "errors.h"
#include "mlx/allocator.h"

namespace node_mlx {

namespace {

using mlx::core::allocator::Allocator;
using mlx::core::allocator::Buffer;

// Smaller requests are not refused by a system that promises more memory than it has.
constexpr size_t kLargeRequest = 64u << 20;

class CheckedAllocator : public Allocator {
 public:
  explicit CheckedAllocator(Allocator& own) : own_(own) {}

  Buffer malloc(size_t size) override {
    if (size > kLargeRequest) require(size);
    return own_.malloc(size);
  }
  void free(Buffer buffer) override { own_.free(buffer); }
  size_t size(Buffer buffer) const override { return own_.size(buffer); }
  Buffer make_buffer(void* memory, size_t size) override { return own_.make_buffer(memory, size); }
  void release(Buffer buffer) override { own_.release(buffer); }

 private:
  // MLX's allocator counts memory before it looks at the pointer, so it must not be asked in vain.
  static void require(size_t size) {
    void* memory = std::malloc(size + kLargeRequest);
    if (!memory) throw NamedError("MemoryError", "Unable to allocate " + std::to_string(size) + " bytes.");
    std::free(memory);
  }

  Allocator& own_;
};

}  // namespace

}  // namespace node_mlx

namespace mlx::core::allocator {

__attribute__((visibility("default"))) Allocator& allocator() {
  using Function = Allocator& (*)();
  static auto own = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "_ZN3mlx4core9allocator9allocatorEv"));
  // Never destroyed: arrays may outlive static destruction.
  static auto* checked = new node_mlx::CheckedAllocator(own());
  return *checked;
}

}  // namespace mlx::core::allocator
#endif
