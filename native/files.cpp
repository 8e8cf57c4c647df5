// Files: loading and saving of npy, safetensors and gguf. Zip archives (npz) are taken apart in JavaScript,
// which also checks every file's header first (js/formats): MLX trusts headers, and a damaged one crashes
// it.
//
// A path is loaded as in Python: lazily, MLX reads the data when the array is evaluated. Bytes in memory are
// evaluated within the call, so they are neither copied nor kept. Writing to something else than a path
// calls a JavaScript function with pieces of the file.
//
// Dictionaries go out as { names, handles, keys, values }: arrays as handles, to be attached by JavaScript,
// names and metadata as JavaScript values (a number among the metadata is a handle too).
#include "files.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <shared_mutex>

#include "evaluation.h"
#include "mlx/io.h"
#include "values.h"

namespace node_mlx {

namespace {

// Reads from memory that it does not own, up to `close`: an evaluation that failed may leave a read behind,
// on another thread, which must not see the memory any more.
class MemoryReader : public mx::io::Reader {
 public:
  explicit MemoryReader(Bytes bytes) : bytes_(bytes) {}

  void close() {
    std::unique_lock lock(mutex_);
    bytes_ = {nullptr, 0};
    open_ = false;
  }

  bool is_open() const override { return open_; }
  bool good() const override { return open_; }
  size_t tell() override { return position_; }
  std::string label() const override { return "buffer"; }

  void seek(int64_t offset, std::ios_base::seekdir way) override {
    int64_t base = way == std::ios_base::beg ? 0 : static_cast<int64_t>(position_);
    if (way == std::ios_base::end) base = static_cast<int64_t>(bytes_.size);
    position_ = static_cast<size_t>(std::max<int64_t>(base + offset, 0));
  }

  void read(char* target, size_t count) override {
    read(target, count, position_);
    position_ += count;
  }

  void read(char* target, size_t count, size_t offset) override {
    std::shared_lock lock(mutex_);
    if (offset > bytes_.size || count > bytes_.size - offset) {
      throw std::runtime_error("[load] The buffer ends before the data that its header describes.");
    }
    if (count > 0) std::memcpy(target, bytes_.data + offset, count);
  }

 private:
  std::shared_mutex mutex_;
  Bytes bytes_;
  size_t position_ = 0;
  bool open_ = true;
};

// Hands pieces of the file to a JavaScript function, each as memory of its own.
class FunctionWriter : public mx::io::Writer {
 public:
  FunctionWriter(napi_env env, napi_value function) : env_(env), function_(function) {}

  bool is_open() const override { return true; }
  bool good() const override { return true; }
  size_t tell() override { return position_; }
  void seek(int64_t, std::ios_base::seekdir) override {
    throw std::runtime_error("[save] The target of a save is written from start to end.");
  }
  std::string label() const override { return "function"; }

  void write(const char* data, size_t count) override {
    for (size_t done = 0; done < count; done += kPiece) {
      write_piece(data + done, std::min(count - done, kPiece));
    }
    position_ += count;
  }

 private:
  static constexpr size_t kPiece = size_t{1} << 24;

  void write_piece(const char* data, size_t count) {
    HandleScope scope(env_);
    napi_value receiver, piece;
    check(env_, napi_get_undefined(env_, &receiver));
    check(env_, napi_create_buffer_copy(env_, count, data, nullptr, &piece));
    check(env_, napi_call_function(env_, receiver, function_, 1, &piece, nullptr));
  }

  napi_env env_;
  napi_value function_;
  size_t position_ = 0;
};

bool is_string(Call& call, int position) {
  napi_valuetype type = napi_undefined;
  napi_typeof(call.env(), call.value(position), &type);
  return type == napi_string;
}

// Loads from the Uint8Array in value(position), and evaluates before its memory can change.
template <class Load>
auto load_from_memory(Call& call, int position, Load load) {
  auto reader = std::make_shared<MemoryReader>(bytes_from_js(call.env(), call.value(position)));
  struct Closer {
    MemoryReader& reader;
    ~Closer() { reader.close(); }
  } closer{*reader};
  return load(reader);
}

void load_npy(Call& call) {
  auto stream = call.stream(0);
  if (is_string(call, 1)) return call.result(mx::load(call.string(1), stream));
  call.result(load_from_memory(call, 1, [&](std::shared_ptr<mx::io::Reader> reader) {
    mx::array loaded = mx::load(std::move(reader), stream);
    call.environment.evaluate({loaded});
    return loaded;
  }));
}

using Metadata = std::vector<std::pair<std::string, mx::GGUFMetaData>>;
using Arrays = std::unordered_map<std::string, mx::array>;

napi_value store(Call& call, mx::array value) {
  return to_js(call.env(), static_cast<double>(call.environment.arrays.store(std::move(value))));
}

napi_value metadata_to_js(Call& call, const mx::GGUFMetaData& value) {
  if (auto* array = std::get_if<mx::array>(&value)) return store(call, *array);
  if (auto* text = std::get_if<std::string>(&value)) return to_js(call.env(), *text);
  if (auto* texts = std::get_if<std::vector<std::string>>(&value)) return to_js(call.env(), *texts);
  napi_value null;
  check(call.env(), napi_get_null(call.env(), &null));
  return null;
}

void return_dictionary(Call& call, const Arrays& arrays, const Metadata& metadata) {
  napi_env env = call.env();
  std::vector<std::string> names, keys;
  for (const auto& [name, value] : arrays) names.push_back(name);
  for (const auto& [key, value] : metadata) keys.push_back(key);
  napi_value out;
  check(env, napi_create_object(env, &out));
  check(env, napi_set_named_property(env, out, "names", to_js(env, names)));
  check(env, napi_set_named_property(env, out, "keys", to_js(env, keys)));
  // Handles last: nothing that fails may leave arrays behind that nobody owns.
  std::vector<napi_value> handles, values;
  for (const auto& [key, value] : metadata) values.push_back(metadata_to_js(call, value));
  for (const auto& [name, value] : arrays) handles.push_back(store(call, value));
  check(env, napi_set_named_property(env, out, "handles", to_js(env, handles)));
  check(env, napi_set_named_property(env, out, "values", to_js(env, values)));
  call.result_value(out);
}

void load_safetensors(Call& call) {
  auto stream = call.stream(0);
  mx::SafetensorsLoad loaded;
  if (is_string(call, 1)) {
    loaded = mx::load_safetensors(call.string(1), stream);
  } else {
    loaded = load_from_memory(call, 1, [&](std::shared_ptr<mx::io::Reader> reader) {
      auto out = mx::load_safetensors(std::move(reader), stream);
      std::vector<mx::array> arrays;
      for (const auto& [name, value] : out.first) arrays.push_back(value);
      call.environment.evaluate(std::move(arrays));
      return out;
    });
  }
  return_dictionary(call, loaded.first, Metadata(loaded.second.begin(), loaded.second.end()));
}

// Value 1 is the path, boolean 1 whether the metadata are wanted.
void load_gguf(Call& call) {
  bool wanted = call.boolean(1);
  auto loaded = mx::load_gguf(call.string(1), call.stream(0));
  Metadata metadata;
  if (wanted) metadata.assign(loaded.second.begin(), loaded.second.end());
  return_dictionary(call, loaded.first, metadata);
}

// The target in value(0): a path, or a function that takes the file's bytes.
template <class Save>
void save_to_target(Call& call, Save save) {
  if (is_string(call, 0)) {
    std::string path = call.string(0);
    EvaluationLock lock;
    save(path);
  } else {
    auto writer = std::make_shared<FunctionWriter>(call.env(), call.value(0));
    EvaluationLock lock;
    save(std::static_pointer_cast<mx::io::Writer>(writer));
  }
}

void save_npy(Call& call) {
  mx::array array = call.array(0);
  save_to_target(call, [&](auto target) { mx::save(std::move(target), array); });
}

// The arrays in register 0, named by value(1).
Arrays named_arrays(Call& call) {
  auto names = strings_from_js(call.env(), call.value(1));
  auto arrays = call.arrays(0);
  Arrays out;
  for (size_t i = 0; i < names.size(); ++i) out.insert_or_assign(names[i], arrays.at(i));
  return out;
}

// Values 2 and 3: keys and values of the metadata.
void save_safetensors(Call& call) {
  Arrays arrays = named_arrays(call);
  auto keys = strings_from_js(call.env(), call.value(2));
  auto values = strings_from_js(call.env(), call.value(3));
  std::unordered_map<std::string, std::string> metadata;
  for (size_t i = 0; i < keys.size(); ++i) metadata.insert_or_assign(keys[i], values.at(i));
  save_to_target(call, [&](auto target) { mx::save_safetensors(std::move(target), arrays, metadata); });
}

mx::GGUFMetaData metadata_from_js(Call& call, napi_value value) {
  napi_valuetype type;
  check(call.env(), napi_typeof(call.env(), value, &type));
  if (type == napi_string) return string_from_js(call.env(), value);
  if (type == napi_object) return strings_from_js(call.env(), value);
  int32_t handle = 0;
  check(call.env(), napi_get_value_int32(call.env(), value, &handle));
  return call.array_of(handle);
}

void save_gguf(Call& call) {
  std::string path = call.string(0);
  Arrays arrays = named_arrays(call);
  auto keys = strings_from_js(call.env(), call.value(2));
  auto values = list_from_js(call.env(), call.value(3));
  std::unordered_map<std::string, mx::GGUFMetaData> metadata;
  for (size_t i = 0; i < keys.size(); ++i) {
    metadata.insert_or_assign(keys[i], metadata_from_js(call, values.at(i)));
  }
  EvaluationLock lock;
  mx::save_gguf(path, std::move(arrays), std::move(metadata));
}

}  // namespace

const Export files_exports[] = {
    {"load_npy", invoke<load_npy>},   {"load_safetensors", invoke<load_safetensors>},
    {"load_gguf", invoke<load_gguf>}, {"save_npy", invoke<save_npy>},
    {"save_gguf", invoke<save_gguf>}, {"save_safetensors", invoke<save_safetensors>},
};
const size_t files_export_count = std::size(files_exports);

}  // namespace node_mlx
