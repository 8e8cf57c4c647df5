// Ownership of a JavaScript buffer's memory.
//
// A reference to an ArrayBuffer does not keep its memory: `buffer.transfer()` moves the memory to another
// ArrayBuffer and frees it when that one dies, however many arrays still read it. Only another ArrayBuffer
// over the same memory prevents that, one that no program can reach. Node-API cannot make it, V8 can.
#pragma once

#include <node_api.h>

namespace node_mlx {

// A reference that keeps the memory of a Uint8Array where it is for as long as it exists; nullptr where the
// engine cannot promise that.
napi_ref own_memory(napi_env env, napi_value bytes);

}  // namespace node_mlx
