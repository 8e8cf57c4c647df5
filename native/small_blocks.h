// Small blocks of memory, which graphs are made of, kept by size when they are freed (Linux).
//
// Arrays of JavaScript die in bulk, when the collector has run, and what glibc gets back then it joins, sorts
// and scatters: the next graph lies all over the heap. Here the block that was freed last is the next one of
// its size to be handed out, while it is still in the processor's caches. Every block comes from malloc and
// can go to free, so it does not matter who frees it.
//
// In the package's copy of libmlx `operator new` and `operator delete` have these names
// (src/node_mlx/pack/platform_package.py).
#pragma once

namespace node_mlx {

// Blocks freed on this thread are kept while a keeper lives on it.
class BlockKeeper {
 public:
  BlockKeeper();
  ~BlockKeeper();
  BlockKeeper(const BlockKeeper&) = delete;
  BlockKeeper& operator=(const BlockKeeper&) = delete;
};

}  // namespace node_mlx
