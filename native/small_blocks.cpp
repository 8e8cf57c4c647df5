#include "small_blocks.h"

#ifdef __linux__
#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace node_mlx {

namespace {

constexpr size_t kStep = 16;       // malloc's: sizes differ by this
constexpr size_t kClasses = 64;    // of up to 1 KB
constexpr int kMostBlocks = 8192;  // kept of one size on one thread

struct Block {
  Block* next;
};

struct List {
  Block* first = nullptr;
  int count = 0;  // nearly: what is being returned may count early
};

struct Kept {
  List lists[kClasses];
  int keepers = 0;
};

// What threads without a keeper free: a task of a stream was made by a thread of JavaScript, which makes the
// next one. Only whole stacks are taken off, so a block cannot come back while another thread looks at it.
struct Returned {
  std::atomic<Block*> first = nullptr;
  std::atomic<int> count = 0;
};
Returned returned[kClasses];

void give_back(Returned& stack, Block* block) {
  stack.count.fetch_add(1, std::memory_order_relaxed);
  block->next = stack.first.load(std::memory_order_relaxed);
  while (!stack.first.compare_exchange_weak(block->next, block, std::memory_order_release,
                                            std::memory_order_relaxed)) {
  }
}

List take(Returned& stack) {
  if (!stack.first.load(std::memory_order_relaxed)) return {};
  return {stack.first.exchange(nullptr, std::memory_order_acquire),
          stack.count.exchange(0, std::memory_order_relaxed)};
}

// One pointer only: a library that is loaded late gets little memory of this, the fastest, kind.
__attribute__((tls_model("initial-exec"))) thread_local Kept* kept = nullptr;

}  // namespace

BlockKeeper::BlockKeeper() {
  if (!kept) kept = new Kept;
  ++kept->keepers;
}

BlockKeeper::~BlockKeeper() {
  if (--kept->keepers > 0) return;
  for (size_t i = 0; i < kClasses; ++i) {
    for (List list : {kept->lists[i], take(returned[i])}) {
      while (list.first) std::free(std::exchange(list.first, list.first->next));
    }
  }
  delete std::exchange(kept, nullptr);
}

}  // namespace node_mlx

extern "C" {

__attribute__((visibility("default"))) void* node_mlx_allocate(size_t bytes) {
  using namespace node_mlx;
  size_t size_class = (bytes + kStep - 1) / kStep;
  if (size_class < kClasses && kept) {
    List& list = kept->lists[size_class];
    if (!list.first) list = take(returned[size_class]);
    if (list.first) {
      --list.count;
      return std::exchange(list.first, list.first->next);
    }
    bytes = size_class * kStep;
  }
  void* block = std::malloc(bytes);
  if (!block) throw std::bad_alloc();
  return block;
}

__attribute__((visibility("default"))) void node_mlx_free(void* memory, size_t) noexcept {
  using namespace node_mlx;
  if (!memory) return;
  // At least as large as it was asked to be, whoever allocated it.
  size_t size_class = malloc_usable_size(memory) / kStep;
  if (size_class < kClasses) {
    auto* block = static_cast<Block*>(memory);
    if (kept) {
      List& list = kept->lists[size_class];
      if (list.count < kMostBlocks) {
        block->next = std::exchange(list.first, block);
        ++list.count;
        return;
      }
    } else if (returned[size_class].count.load(std::memory_order_relaxed) < kMostBlocks) {
      return give_back(returned[size_class], block);
    }
  }
  std::free(memory);
}
}

// The addon's own (exports.map keeps them to it).
void* operator new(size_t bytes) { return node_mlx_allocate(bytes); }
void operator delete(void* memory) noexcept { node_mlx_free(memory, 0); }
void operator delete(void* memory, size_t bytes) noexcept { node_mlx_free(memory, bytes); }
#else
namespace node_mlx {
BlockKeeper::BlockKeeper() {}
BlockKeeper::~BlockKeeper() {}
}  // namespace node_mlx
#endif
