#include "memory_owner.h"

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace node_mlx {

namespace {

// V8's `std::shared_ptr<BackingStore>`, which is two pointers in every standard library. What they point to
// differs, so this one only carries them: it never counts and never frees.
struct SharedStore {
  SharedStore() = default;
  SharedStore(const SharedStore& other) : parts{other.parts[0], other.parts[1]} {}
  ~SharedStore() {}  // not trivial: that decides how the value is passed
  void* parts[2] = {};
};

// Three functions of V8 whose binary interface has been the same since V8 7.9 (Node 14). They are looked up,
// so that the addon still loads in an engine without them (Bun, Deno) or with another standard library
// (Electron).
struct Functions {
  void* (*current_isolate)() = nullptr;
  SharedStore (*store_of)(void* array_buffer) = nullptr;
  void* (*new_array_buffer)(void* isolate, SharedStore* moved_from) = nullptr;
};

#ifndef _WIN32
template <class Function>
void find(Function& function, const char* symbol) {
  function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, symbol));
}

Functions find_functions() {
  Functions out;
  find(out.current_isolate, "_ZN2v87Isolate10GetCurrentEv");
  find(out.store_of, "_ZN2v811ArrayBuffer15GetBackingStoreEv");
#ifdef __APPLE__
  find(out.new_array_buffer, "_ZN2v811ArrayBuffer3NewEPNS_7IsolateENSt3__110shared_ptrINS_12BackingStoreEEE");
#else
  find(out.new_array_buffer, "_ZN2v811ArrayBuffer3NewEPNS_7IsolateESt10shared_ptrINS_12BackingStoreEE");
#endif
  return out;
}
#else
Functions find_functions() { return {}; }
#endif

// A second ArrayBuffer over the memory of the first. A napi_value is V8's local handle.
napi_value second_owner(napi_value buffer) {
  static const Functions v8 = find_functions();
  if (!v8.current_isolate || !v8.store_of || !v8.new_array_buffer) return nullptr;
  SharedStore store = v8.store_of(buffer);
  if (!store.parts[0]) return nullptr;
  return static_cast<napi_value>(v8.new_array_buffer(v8.current_isolate(), &store));
}

}  // namespace

napi_ref own_memory(napi_env env, napi_value bytes) {
  napi_value buffer = nullptr;
  if (napi_get_typedarray_info(env, bytes, nullptr, nullptr, nullptr, &buffer, nullptr) != napi_ok)
    return nullptr;
  bool detachable = false;
  napi_is_arraybuffer(env, buffer, &detachable);
  // Shared memory cannot be detached: any reference keeps it.
  napi_value owner = detachable ? second_owner(buffer) : bytes;
  napi_ref reference = nullptr;
  if (!owner || napi_create_reference(env, owner, 1, &reference) != napi_ok) return nullptr;
  return reference;
}

}  // namespace node_mlx
