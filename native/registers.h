// Registers: how JavaScript hands arguments to native code and gets results back.
//
// Input and output: one ArrayBuffer per environment, owned by JavaScript, written there by typed-array stores
// and read here as plain memory. Parameter k of a call owns register k: two int32 (a tag or value, and a
// detail) and two doubles. Lists go into the list area behind the registers, as a count and its items; the
// register then holds the list's position. A store costs about 1 ns where a Node-API argument costs 5 to 10.
//
//   sum(a, [0, 1])   →   register 0: {handle of a}   register 1: {position}   list area: 2 0 1
//
// js/registers.ts is the other half of this file: the layout and the tags below must be equal there.
#pragma once

#include <cstddef>
#include <cstdint>

namespace node_mlx {

constexpr int kRegisters = 32;
constexpr size_t kIntBytes = kRegisters * 2 * sizeof(int32_t);
constexpr size_t kDoubleBytes = kRegisters * 2 * sizeof(double);
// Numbers of small lists on their way in, elements of small arrays on their way out.
constexpr size_t kBulkBytes = 32768;
constexpr size_t kListOffset = kIntBytes + kDoubleBytes + kBulkBytes;

// The list area begins with a part that only results use, so that a call made while another one's arguments
// are still being converted (by a getter, say) cannot overwrite those.
constexpr size_t kResultArea = 16384;

// Position of a list that was not given (Python's None).
constexpr int32_t kNoList = -1;

// What a register's first int32 says of a value that may be a scalar or an array.
enum class Tag : int32_t { none = 0, boolean, integer, wide_integer, real, complex, array, host_array };

// What a register's first int32 says of a stream argument (the second one holds the index); bit 4 upwards
// holds the device type.
enum class StreamTag : int32_t { none = 0, device, stream, thread_local_stream };

struct Registers {
  int32_t* ints = nullptr;
  double* doubles = nullptr;
  void* bulk = nullptr;
  int32_t* list = nullptr;
  size_t list_capacity = 0;

  void attach(void* memory, size_t bytes) {
    ints = static_cast<int32_t*>(memory);
    doubles = reinterpret_cast<double*>(static_cast<char*>(memory) + kIntBytes);
    bulk = static_cast<char*>(memory) + kIntBytes + kDoubleBytes;
    list = reinterpret_cast<int32_t*>(static_cast<char*>(memory) + kListOffset);
    list_capacity = (bytes - kListOffset) / sizeof(int32_t);
  }
};

}  // namespace node_mlx
