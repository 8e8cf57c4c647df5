// Export: functions traced into files or handed to a callback, and read back.
//
// Arguments travel flat, as for the transforms: positional arrays first, then the keyword ones, whose names
// are a list of strings. Exporters and imported functions are external values inside the JavaScript functions
// that they belong to; the environment watches these values, and deletes what they hold when they were
// collected or when it ends. An exporter does not hold the function that it traces: JavaScript passes it with
// each call, so that the two may refer to each other.
#include "export.h"

#include <algorithm>
#include <sstream>

#include "callback.h"
#include "evaluation.h"
#include "exported_file.h"
#include "graph_check.h"
#include "mlx/export.h"
#include "mlx/graph_utils.h"
#include "owned.h"
#include "values.h"

namespace node_mlx {

namespace {

// ---- Inputs ------------------------------------------------------------------------------------------

// Arrays of register 0: positional ones, then those named by the strings in value(position).
struct Inputs {
  Inputs(Call& call, int position) : names(strings_from_js(call.env(), call.value(position))) {
    Arrays all = call.arrays(0);
    if (names.size() > all.size()) throw std::invalid_argument("A keyword has no array.");
    size_t count = all.size() - names.size();
    positional.assign(all.begin(), all.begin() + count);
    for (size_t i = 0; i < names.size(); ++i) keywords.insert_or_assign(names[i], all[count + i]);
  }

  // The same order for other arrays.
  Arrays flat(const mx::Args& args, const mx::Kwargs& kwargs) const {
    Arrays all = args;
    for (const std::string& name : names) all.push_back(kwargs.at(name));
    return all;
  }

  std::vector<std::string> names;
  mx::Args positional;
  mx::Kwargs keywords;
};

using Traced = std::function<Arrays(const mx::Args&, const mx::Kwargs&)>;

// The JavaScript function in value(1), for the length of one call.
Traced traced(Call& call, const Inputs& inputs) {
  return [&call, &inputs](const mx::Args& args, const mx::Kwargs& kwargs) {
    return call_with_arrays(call.environment, call.value(1), inputs.flat(args, kwargs));
  };
}

// ---- Exporting to a callback -------------------------------------------------------------------------

// Turns what MLX tells its callback into JavaScript values. An array becomes { handle }, a dtype { dtype }:
// JavaScript makes the objects.
class Description {
 public:
  explicit Description(Environment& environment) : environment_(environment), env_(environment.env) {}

  napi_value operator()(const mx::ExportCallbackInput& input) {
    napi_value out;
    check(env_, napi_create_object(env_, &out));
    for (const auto& [name, part] : input) {
      napi_value value = std::visit([this](const auto& held) { return convert(held); }, part);
      check(env_, napi_set_named_property(env_, out, name.c_str(), value));
    }
    return out;
  }

 private:
  napi_value convert(const std::string& text) { return to_js(env_, text); }
  napi_value convert(bool value) {
    napi_value out;
    check(env_, napi_get_boolean(env_, value, &out));
    return out;
  }
  template <class Number>
    requires std::is_arithmetic_v<Number>
  napi_value convert(Number number) {
    return to_js(env_, static_cast<double>(number));
  }
  napi_value convert(mx::Dtype dtype) { return tagged("dtype", static_cast<double>(dtype.val())); }
  napi_value convert(const mx::array& value) {
    return tagged("handle", static_cast<double>(environment_.arrays.store(value)));
  }
  napi_value convert(const std::optional<float>& value) {
    if (value) return convert(*value);
    napi_value null;
    check(env_, napi_get_null(env_, &null));
    return null;
  }
  template <class... Items>
  napi_value convert(const std::variant<Items...>& one) {
    return std::visit([this](const auto& held) { return convert(held); }, one);
  }
  template <class... Items>
  napi_value convert(const std::tuple<Items...>& items) {
    return std::apply([this](const auto&... item) { return to_js(env_, std::vector{convert(item)...}); },
                      items);
  }
  template <class A, class B>
  napi_value convert(const std::pair<A, B>& items) {
    return to_js(env_, std::vector{convert(items.first), convert(items.second)});
  }
  template <class List>
    requires requires { typename List::value_type; }
  napi_value convert(const List& items) {
    std::vector<napi_value> out;
    for (const auto& item : items) out.push_back(convert(item));
    return to_js(env_, out);
  }

  napi_value tagged(const char* tag, double value) {
    napi_value out;
    check(env_, napi_create_object(env_, &out));
    check(env_, napi_set_named_property(env_, out, tag, to_js(env_, value)));
    return out;
  }

  Environment& environment_;
  napi_env env_;
};

// Value 1: the function, 2: the callback, 3: names of keywords. Registers: arrays, shapeless.
void export_to_callback(Call& call) {
  EvaluationLock lock;
  Inputs inputs(call, 3);
  bool shapeless = call.boolean(1);
  auto callback = [&call](const mx::ExportCallbackInput& input) {
    HandleScope scope(call.env());
    napi_value receiver, description = Description(call.environment)(input);
    check(call.env(), napi_get_undefined(call.env(), &receiver));
    check(call.env(), napi_call_function(call.env(), receiver, call.value(2), 1, &description, nullptr));
  };
  mx::export_function(mx::ExportCallback(callback), traced(call, inputs), inputs.positional, inputs.keywords,
                      shapeless);
}

// ---- Exporting to files ------------------------------------------------------------------------------

// Value 1: the function, 2: the path, 3: names of keywords, 4: the metadata. Registers: arrays, shapeless.
void export_to_file(Call& call) {
  EvaluationLock lock;
  Inputs inputs(call, 3);
  mx::export_function(call.string(2), traced(call, inputs), inputs.positional, inputs.keywords,
                      call.boolean(1), call.string(4));
}

// Counts a file that an exporter or an imported function holds open, and has dead ones closed before there
// are too many.
class OpenFile {
 public:
  explicit OpenFile(Environment& environment) : environment_(environment) {
    int& limit = environment.open_files_before_collection;
    if (environment.open_files >= limit) {
      environment.collect(true);
      limit = std::max(64, 2 * environment.open_files);
    }
    ++environment.open_files;
  }
  ~OpenFile() { --environment_.open_files; }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

 private:
  Environment& environment_;
};

// An exporter between two of its calls. What goes wrong in a trace leaves MLX's exporter, and its file, half
// done: it is closed then.
struct OpenExporter {
  explicit OpenExporter(Environment& environment) : file(environment) {}
  OpenFile file;
  std::unique_ptr<mx::FunctionExporter> exporter;
  Traced function;
  bool tracing = false;
  bool broken = false;
};

// Value 1: the path, 2: the metadata. Register 0: shapeless. Returns the exporter.
void make_exporter(Call& call) {
  EvaluationLock lock;
  auto open = std::make_unique<OpenExporter>(call.environment);
  Traced function = [open = open.get()](const mx::Args& args, const mx::Kwargs& kwargs) {
    open->tracing = true;
    return open->function(args, kwargs);
  };
  open->exporter = std::make_unique<mx::FunctionExporter>(
      mx::exporter(call.string(1), function, call.boolean(0), call.string(2)));
  call.result_value(own(call, std::move(open)));
}

// Value 1: the function, 2: the exporter, 3: names of keywords. Register 0: arrays.
void call_exporter(Call& call) {
  EvaluationLock lock;
  Inputs inputs(call, 3);
  auto& open = owned<OpenExporter>(call, 2);
  if (open.tracing)
    throw std::runtime_error("[export_function] The exporter is already tracing its function.");
  if (open.broken) {
    throw std::runtime_error("[export_function] The exporter was closed when its last trace failed.");
  }
  if (!open.exporter) {
    throw std::runtime_error("[export_function] Attempting to write after exporting is closed.");
  }
  open.function = traced(call, inputs);
  try {
    (*open.exporter)(inputs.positional, inputs.keywords);
  } catch (...) {
    // Before the trace nothing was written: the signature is there already.
    open.broken = open.tracing;
    open.tracing = false;
    open.function = nullptr;
    if (open.broken) open.exporter.reset();
    throw;
  }
  open.tracing = false;
  open.function = nullptr;
}

// Value 0: the exporter.
void close_exporter(Call& call) {
  EvaluationLock lock;
  auto& open = owned<OpenExporter>(call, 0);
  if (open.tracing) throw std::runtime_error("[export_function] The exporter is tracing its function.");
  open.exporter.reset();
}

// ---- Importing ---------------------------------------------------------------------------------------

struct Imported {
  Imported(Environment& environment, const std::string& path)
      : file(environment),
        shapeless(check_exported_file(path).shapeless),
        function(mx::import_function(path)) {}

  OpenFile file;
  bool shapeless;
  mx::ImportedFunction function;
  CheckedShapes shapes;
};

// Value 1: the path. Returns the function and its metadata.
void import_file(Call& call) {
  EvaluationLock lock;
  call.environment.prepare_default();
  call.environment.prepare(mx::Device::cpu);  // constants are read there
  auto imported = std::make_unique<Imported>(call.environment, call.string(1));
  napi_value metadata = to_js(call.env(), imported->function.metadata());
  call.result_value(to_js(call.env(), std::vector{own(call, std::move(imported)), metadata}));
}

// Value 2: the function, 3: names of keywords. Register 0: arrays.
void call_imported(Call& call) {
  EvaluationLock lock;
  Inputs inputs(call, 3);
  auto& imported = owned<Imported>(call, 2);
  Arrays outputs = imported.function(inputs.positional, inputs.keywords);
  if (imported.shapeless) {
    // A file may hold functions that differ only in which of their inputs are named.
    imported.shapes.check(inputs.flat(inputs.positional, inputs.keywords), outputs,
                          static_cast<int>(inputs.names.size()));
  }
  call.results(std::move(outputs));
}

// ---- Graphs as text ----------------------------------------------------------------------------------

// Register 0: the outputs of the graph; value(1): names of the last of them. Returns the DOT text.
void graph_to_dot(Call& call) {
  EvaluationLock lock;
  auto names = strings_from_js(call.env(), call.value(1));
  Arrays outputs = call.arrays(0);
  mx::NodeNamer namer;
  for (size_t i = 0; i < names.size(); ++i)
    namer.set_name(outputs.at(outputs.size() - names.size() + i), names[i]);
  std::ostringstream out;
  mx::export_to_dot(out, std::move(namer), outputs);
  call.result_string(out.str());
}

}  // namespace

const Export export_exports[] = {
    {"export_to_callback", invoke<export_to_callback>}, {"export_to_file", invoke<export_to_file>},
    {"make_exporter", invoke<make_exporter>},           {"call_exporter", invoke<call_exporter>},
    {"close_exporter", invoke<close_exporter>},         {"import_file", invoke<import_file>},
    {"call_imported", invoke<call_imported>},           {"graph_to_dot", invoke<graph_to_dot>},
};
const size_t export_export_count = std::size(export_exports);

}  // namespace node_mlx
