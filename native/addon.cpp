// The addon's entry: one Environment per JavaScript environment, and its functions.
#include <node_api.h>

#include <span>
#include <string>

#include "arrays.h"
#include "async_evaluation.h"
#include "bindings.h"
#include "call.h"
#include "distributed.h"
#include "environment.h"
#include "evaluation.h"
#include "export.h"
#include "files.h"
#include "host_data.h"
#include "indexing.h"
#include "kernels.h"
#include "mlx/mlx.h"
#include "state.h"
#include "transforms.h"

namespace node_mlx {

namespace {

void attach_registers(Call& call) { call.environment.attach_registers(call.value(0)); }
void set_collector(Call& call) { call.environment.set_collector(call.value(0)); }
void set_error_factory(Call& call) { call.environment.set_error_factory(call.value(0)); }

const Export setup_exports[] = {
    {"attach_registers", invoke<attach_registers>},
    {"set_collector", invoke<set_collector>},
    {"set_error_factory", invoke<set_error_factory>},
};

struct Table {
  const Export* entries;
  size_t count;
};

std::span<const Table> tables() {
  static const Table all[] = {
      {setup_exports, std::size(setup_exports)},
      {arrays_exports, arrays_export_count},
      {host_data_exports, host_data_export_count},
      {indexing_exports, indexing_export_count},
      {files_exports, files_export_count},
      {kernels_exports, kernels_export_count},
      {state_exports, state_export_count},
      {distributed_exports, distributed_export_count},
      {transforms_exports, transforms_export_count},
      {async_evaluation_exports, async_evaluation_export_count},
      {export_exports, export_export_count},
      {bindings_exports, bindings_export_count},
  };
  return all;
}

void define(napi_env env, napi_value exports, Environment* environment, Table table) {
  for (size_t i = 0; i < table.count; ++i) {
    const Export& entry = table.entries[i];
    napi_value function;
    bool taken = false;
    napi_has_named_property(env, exports, entry.name, &taken);
    if (taken) napi_throw_error(env, nullptr, (std::string(entry.name) + " is exported twice").c_str());
    if (napi_create_function(env, entry.name, NAPI_AUTO_LENGTH, entry.callback, environment, &function) ==
        napi_ok) {
      napi_set_named_property(env, exports, entry.name, function);
    }
  }
}

// Runs on the environment's own thread while Node-API still works.
void clean_up(void* data) {
  auto* environment = static_cast<Environment*>(data);
  EvaluationLock lock;
  delete environment;
}

}  // namespace

const char* title_of(napi_callback callback) {
  for (const Table& table : tables()) {
    for (size_t i = 0; i < table.count; ++i) {
      if (table.entries[i].callback == callback) return table.entries[i].title;
    }
  }
  return nullptr;
}

}  // namespace node_mlx

extern "C" __attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env,
                                                                                     napi_value exports) {
  using namespace node_mlx;
  auto* environment = new Environment(env);
  napi_add_env_cleanup_hook(env, clean_up, environment);
  // Python's binding prints True and False.
  mx::get_global_formatter().capitalize_bool = true;
  for (const Table& table : tables()) define(env, exports, environment, table);
  return exports;
}

extern "C" __attribute__((visibility("default"))) int32_t node_api_module_get_api_version_v1() {
  return NAPI_VERSION;
}
